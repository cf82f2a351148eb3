#!/usr/bin/env bash
# prepare-keys.sh COUNT DIRECTORY
# Makes DIRECTORY/data with COUNT virtual keys, for the `keys` scenario (1,000 against 1,000,000 keys), and
# DIRECTORY/keys.txt with the secrets of a thousand of them. The caller starts Weir with DIRECTORY/data afterwards.
set -euo pipefail
exec dotnet "$BENCH/Weir.Benchmarks/bin/Release/net10.0/Weir.Benchmarks.dll" keys --data "$2/data" --count "$1" --secrets "$2/keys.txt"
