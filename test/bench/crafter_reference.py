"""Plays actions with the published Python package `crafter` and says how long they took.

One JSON object per line in, one per line out. The benchmark's wrapper itself is not installed: its call pattern is two
frames per step, and its text is left out, so that the reference is faster here than what it stands for. Times are of the
processor, not of the clock: on a busy machine a run of seconds would otherwise look slower than it is.

  {"what": "step" | "step_text", "seed": 1, "actions": [...]}  ->  {"day": [steps, seconds], "dark": [steps, seconds]}
  {"what": "reset", "seed": 1}                                 ->  {"seconds": 0.05}
"""

import json
import sys
import time
import warnings

warnings.filterwarnings("ignore")

import crafter  # noqa: E402
import numpy as np  # noqa: E402


def is_dark(turn):
    return 148 <= turn % 300 <= 272


def play(what, seed, actions):
    env = crafter.Env(size=(256, 256), seed=seed)
    if what == "step":
        env.render = lambda *arguments, **options: np.zeros((1, 1, 3), np.uint8)
    env.reset()
    spent = {"day": [0, 0.0], "dark": [0, 0.0]}
    for turn, action in enumerate(actions, start=1):
        begin = time.process_time()
        env.step(action)
        if what == "step_text":
            env.render()
        seconds = time.process_time() - begin
        entry = spent["dark" if is_dark(turn) else "day"]
        entry[0] += 1
        entry[1] += seconds
    return spent


def reset(seed):
    env = crafter.Env(size=(256, 256), seed=seed)
    begin = time.process_time()
    env.reset()
    return {"seconds": time.process_time() - begin}


def main():
    # Compiles the noise functions before anything is measured.
    reset(0)
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        if request["what"] == "reset":
            answer = reset(request["seed"])
        else:
            answer = play(request["what"], request["seed"], request["actions"])
        print(json.dumps(answer), flush=True)


main()
