#!/usr/bin/env bash
# prepare-keys.sh COUNT DIRECTORY CONFIG
# Puts COUNT virtual keys beside the bench key, for the `keys` scenario (1,000 against 1,000,000 keys). The caller starts
# Weir with CONFIG and DIRECTORY/data afterwards. Exit code 75 means "cannot be prepared yet": the cell is left out and
# said so. HOOK: write the keys into the snapshot or store of DIRECTORY/data here, in bulk.
set -euo pipefail
echo "prepare-keys: not wired yet ($1 keys)" >&2
exit 75
