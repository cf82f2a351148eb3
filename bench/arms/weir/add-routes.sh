#!/usr/bin/env bash
# add-routes.sh COUNT
# Prints COUNT routes for the `routes` scenario: by tenant and model, by key, by label with a condition, by prefix, in turn;
# the last one takes the calls.
set -euo pipefail
awk -v count="$1" 'BEGIN {
  print "routes:"
  for (i = 1; i < count; i++) {
    if (i % 4 == 0) match_ = "tenants: [default], models: [m" i "]"
    else if (i % 4 == 1) match_ = "keys: [k" i "]"
    else if (i % 4 == 2) match_ = "workload: w" i ", when: \047request.input_tokens > 1 && labels.workload != \"x\"\047"
    else match_ = "models: [\"p" i "/*\"], tenants: [default]"
    print "  - { name: r" i ", match: {" match_ "}, plan: { fallback: [gpt-bench, chat-bench] } }"
  }
  print "  - { name: bench, match: { tenants: [default] }, plan: { fallback: [gpt-bench, chat-bench] } }"
}'
