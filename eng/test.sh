# Running the tests. Ends with the plain line "N passed, N failed, N skipped".

PASSED=0
FAILED=0
SKIPPED=0

# run_tests [FILTER…]: a filter is a part of a C# test's full name or of a client test's file name ("clients": all of
# those), or an xunit option such as -class NAME.
run_tests() {
  need_dotnet
  want promtool prometheus "reads what /metrics writes" || true
  want redis-server redis-server "the store that replicas share; its tests are skipped without it" || true
  mkdir -p "$OUT/test"
  build_if_changed
  step "Restoring packages" dotnet restore Weir.slnx --locked-mode -v q
  step "Building" compile
  conformance_data
  local project
  for project in Weir.Core.Tests Weir.Tests; do
    dotnet_suite "$project" "$@"
  done
  local files
  mapfile -t files < <(client_tests "$@")
  [ ${#files[@]} -eq 0 ] || clients_suite "${files[@]}"
  say ""
  printf '%d passed, %d failed, %d skipped\n' "$PASSED" "$FAILED" "$SKIPPED"
  [ "$FAILED" -eq 0 ] && [ "$PASSED" -gt 0 ]
}

dotnet_suite() {
  local project="$1" log="$OUT/test/$1.log" filters=() status=0
  shift
  if [[ "${1:-}" == -* ]]; then
    filters=("$@")
  else
    local word
    for word in "$@"; do filters+=(-method "*$word*"); done
  fi
  say "$project"
  bounded "tests/$project/bin/Release/net10.0/$project" -noLogo -noColor "${filters[@]}" 2>&1 | tee "$log" >&2 || status=$?
  # "   Weir.Core.Tests  Total: 512, Errors: 0, Failed: 0, Skipped: 3, Not Run: 0, Time: 8.123s"
  local summary
  summary="$(grep -E 'Total: [0-9]+, Errors: ' "$log" | tail -1)" || true
  if [ -z "$summary" ]; then
    say "$project ended (status $status) without a summary"
    FAILED=$((FAILED + 1))
    return
  fi
  local total errors failed skipped not_run
  total="$(counted Total "$summary")"
  errors="$(counted Errors "$summary")"
  failed="$(counted Failed "$summary")"
  skipped="$(counted Skipped "$summary")"
  not_run="$(counted 'Not Run' "$summary")"
  SKIPPED=$((SKIPPED + skipped))
  FAILED=$((FAILED + failed + errors))
  PASSED=$((PASSED + total - failed - skipped - not_run))
}

# Public conformance data for the C# tests; where it cannot be had they say that they are skipped.
conformance_data() {
  local folder=tests/conformance
  command -v npm >/dev/null || { say "npm is missing: tests on public conformance data are skipped"; return 0; }
  if [ $folder/package-lock.json -nt $folder/node_modules/.package-lock.json ]; then
    step "Fetching public conformance data" npm --prefix $folder ci --ignore-scripts --no-audit --no-fund || return 0
  fi
  step "Writing it for the tests" npm --prefix $folder run --silent export || return 0
}

# The client tests' files that the filters take, all of them without one.
client_tests() {
  local file word
  for file in tests/clients/*.test.mjs; do
    [ $# -gt 0 ] || basename "$file"
    for word in "$@"; do
      if [ "$word" = clients ] || [[ "$(basename "$file")" == *"$word"* ]]; then basename "$file"; break; fi
    done
  done
}

# clients_suite FILE…: official SDKs and agents against a running out/weir.
clients_suite() {
  local log="$OUT/test/clients.log" status=0
  command -v npm >/dev/null || { say "npm is missing: the client tests need Node 20"; FAILED=$((FAILED + 1)); return; }
  if [ tests/clients/package-lock.json -nt tests/clients/node_modules/.package-lock.json ]; then
    step "Installing the client tests' packages" npm --prefix tests/clients ci --ignore-scripts --no-audit --no-fund
  fi
  say "clients"
  (cd tests/clients && WEIR_BIN="$WEIR" bounded node --test --test-concurrency=1 --test-reporter=spec "$@") 2>&1 | tee "$log" >&2 || status=$?
  # node --test ends with "# pass 12" (TAP) or "ℹ pass 12".
  local passed failed
  passed="$(tallied pass "$log")"
  failed=$(($(tallied fail "$log") + $(tallied cancelled "$log")))
  if [ $((passed + failed)) -eq 0 ] && [ $status -ne 0 ]; then
    say "the client tests ended (status $status) without a summary"
    failed=1
  fi
  PASSED=$((PASSED + passed))
  FAILED=$((FAILED + failed))
  SKIPPED=$((SKIPPED + $(tallied skipped "$log") + $(tallied todo "$log")))
}

# A suite that hangs must fail, not hang the machine.
bounded() { timeout --kill-after=10 "${WEIR_TEST_TIMEOUT:-1200}" "$@"; }

# counted NAME "NAME: 12, …" -> 12
counted() {
  local found
  found="$(sed -nE "s/.*\b$1: ([0-9]+).*/\1/p" <<<"$2")"
  echo "${found:-0}"
}

tallied() {
  local found
  found="$(sed -nE "s/^(#|ℹ) $1 ([0-9]+)$/\2/p" "$2" | tail -1)"
  echo "${found:-0}"
}
