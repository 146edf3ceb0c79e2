#!/usr/bin/env bash
# Feeds the level compiler with mutations of the game's own levels, on four threads: errors, never a crash, a hang, other
# bytes the second time, or memory that grows. Arguments: how many texts (100000), and the seed (1).
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
build="$root/native/build/tools"

cmake -S "$root/native" -B "$build" -DCMAKE_BUILD_TYPE=Release >&2
cmake --build "$build" --parallel --target minihack_level_fuzz >&2
exec "$build/minihack/level/minihack_level_fuzz" "$root/native/build/Release/libmetamem_levels.so" \
  "${2:-1}" "${1:-100000}" 4 "$root"/native/build/work/nethack/game/dat/*.des
