#!/usr/bin/env bash
# Builds the game cores with address and undefined-behaviour sanitizers and replays the reference recordings with them.
# Arguments: recordings to replay instead of those in test/goldens.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
build="$root/native/build/sanitize"

cmake -S "$root/native" -B "$build" -DMETAMEM_SANITIZE=ON -DCMAKE_BUILD_TYPE=RelWithDebInfo >&2
cmake --build "$build" --parallel >&2
exec bun "$root/test/parity/sanitize.ts" "$build/crafter_golden" "$@"
