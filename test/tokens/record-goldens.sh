#!/bin/sh
# Records goldens/ anew with Hugging Face's library: sh record-goldens.sh PYTHON. Development only; the tests need no Python.
set -eu
cd "$(dirname "$0")"
qwen=$(bun -e 'import { tokenizerPath } from "@metamem/core"; console.log(tokenizerPath("qwen2.5"))')
mkdir -p goldens
for set in fuzz code-points episodes; do
  bun text-sets.ts "$set" | "$1" record-golden.py "$qwen" >"goldens/qwen2.5-$set.json"
done
for tiny in gpt2 llama3 digits; do
  bun text-sets.ts fuzz-small | "$1" record-golden.py "tiny/$tiny.json" >"goldens/$tiny-fuzz-small.json"
done
