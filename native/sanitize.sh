#!/usr/bin/env bash
# Builds the game cores with address and undefined-behaviour sanitizers, replays the reference recordings with them, and
# compiles changed levels.
# Arguments: recordings of Crafter to replay instead of those in test/goldens.
# METAMEM_NETHACK_SOURCE_DIR: NetHack's sources; without them Crafter alone is built and replayed.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
build="$root/native/build/sanitize"
source="${METAMEM_NETHACK_SOURCE_DIR:-}"

cmake -S "$root/native" -B "$build" -DMETAMEM_SANITIZE=ON -DCMAKE_BUILD_TYPE=RelWithDebInfo \
  -DMETAMEM_NETHACK_SOURCE_DIR="$source" >&2
cmake --build "$build" --parallel >&2
bun "$root/test/parity/sanitize.ts" "$build/crafter_golden" "$@"
if [ -n "$source" ]; then
  cmake --build "$build" --parallel --target metamem_games >&2
  bun "$root/test/parity/sanitize-nethack.ts" "$build"
fi
