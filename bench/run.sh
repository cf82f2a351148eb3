#!/usr/bin/env bash
# bench/run.sh [--quick] [--arms "direct nginx yarp weir portkey"] [--scenarios "small big ..."] [--rounds N] [--heat S] [--out PATH]
# Interleaved benchmark of Weir and its yardsticks; writes bench/results/DATE.md and .json. See bench/README.md.
set -euo pipefail

BENCH="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
ROOT="$(dirname "$BENCH")"
LOAD="$BENCH/load/bin/Release/net10.0/weir-load"
MOCK_PORT=18000
export BENCH ROOT MOCK_PORT

QUICK=no
ARMS="direct nginx yarp weir portkey"
SCENARIOS=""
ROUNDS=""
HEAT=""
OUT=""
SOAK_SECONDS=600
while [ $# -gt 0 ]; do
  case "$1" in
    --quick) QUICK=yes ;;
    --arms) ARMS="${2//,/ }"; shift ;;
    --scenarios) SCENARIOS="${2//,/ }"; shift ;;
    --rounds) ROUNDS="$2"; shift ;;
    --heat) HEAT="$2"; shift ;;
    --out) OUT="$2"; shift ;;
    --soak-seconds) SOAK_SECONDS="$2"; shift ;;
    *) echo "unknown option $1" >&2; sed -n '2,3p' "$0" >&2; exit 2 ;;
  esac
  shift
done
if [ "$QUICK" = yes ]; then
  ROUNDS="${ROUNDS:-2}"; DURATION=3; WARMUP=1; HOLD=5; HEAT="${HEAT:-5}"
  SCENARIOS="${SCENARIOS:-small paced}"
else
  ROUNDS="${ROUNDS:-5}"; DURATION=6; WARMUP=2; HOLD=10; HEAT="${HEAT:-20}"
  SCENARIOS="${SCENARIOS:-small big paced burst translated pairs open streams alloc where keys routes soak}"
fi
STAMP="$(date +%Y-%m-%d-%H%M)"
OUT="${OUT:-$BENCH/results/$STAMP}"

# One core for the gateway, the rest for mock and generator. With cores to spare the generator spins, which takes its own
# lateness out of the latency rows; on two cores spinning would starve the mock.
CORES="$(nproc)"
case "$CORES" in
  1) GATEWAY_CPU=0; MOCK_CPU=0; LOAD_CPU=0; SPIN=() ;;
  2 | 3) GATEWAY_CPU=1; MOCK_CPU=0; LOAD_CPU=0; SPIN=() ;;
  *) GATEWAY_CPU=1; MOCK_CPU=2; LOAD_CPU=3; SPIN=(--spin) ;;
esac

WORK="$(mktemp -d)"
RAW="$WORK/raw.jsonl"
: >"$RAW"
declare -A PID PORT ABOUT VERSION METRICS TRANSLATED START_MS
CHILDREN=()

cleanup() {
  trap - EXIT INT TERM
  for pid in "${CHILDREN[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${CHILDREN[@]}"; do
    for _ in $(seq 50); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    kill -9 "$pid" 2>/dev/null || true
  done
  rm -rf "$WORK"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

say() { echo "bench: $*" >&2; }

# --- processes ----------------------------------------------------------------------------------------------------------

# Runs "$@" as a child pinned to a core that dies with this script even if the script is killed outright.
spawn() { # cpu log command...
  local cpu="$1" log="$2"
  shift 2
  setpriv --pdeathsig TERM taskset -c "$cpu" "$@" >"$log" 2>&1 &
  CHILDREN+=("$!")
  SPAWNED=$!
}

start_mock() {
  spawn "$MOCK_CPU" "$WORK/mock.log" "$LOAD" mock --listen "127.0.0.1:$MOCK_PORT"
  MOCK_PID=$SPAWNED
  wait_for mock "http://127.0.0.1:$MOCK_PORT/stats" "$MOCK_PID"
}

wait_for() { # name url pid [curl options]
  local name="$1" url="$2" pid="$3"
  shift 3
  for _ in $(seq "${WAIT_TRIES:-600}"); do
    curl -sf -o /dev/null -m 5 "$@" "$url" && return 0
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.05
  done
  say "$name does not answer; its log:"
  tail -20 "$WORK/$name.log" "$WORK/$name/"*.log >&2 2>/dev/null || true
  return 1
}

# Loads the arm's script in a subshell and prints the wanted thing, so that arms cannot disturb each other.
arm() { # name command...
  local name="$1"
  shift
  (
    # shellcheck disable=SC1090
    source "$BENCH/arms/${name%%@*}/arm.sh"
    "$@"
  )
}

show_args() { printf '%s\n' "${ARM_ARGS[@]+"${ARM_ARGS[@]}"}"; }
show() { local -n wanted="$1" 2>/dev/null || true; echo "${wanted:-}"; }

client_args() { # name -> ARGS
  mapfile -t ARGS < <(arm "$1" show_args)
  [ -n "${ARGS[0]:-}" ] || ARGS=()
}

start_arm() { # name
  local name="$1" began code=0
  if [ "$name" = direct ]; then
    PORT[direct]=$MOCK_PORT
    return 0
  fi
  PORT[$name]=${PORT[$name]:-$NEXT_PORT}
  [ "${PORT[$name]}" != "$NEXT_PORT" ] || NEXT_PORT=$((NEXT_PORT + 10))
  rm -rf "${WORK:?}/$name"
  mkdir -p "$WORK/$name"
  began=$(date +%s%N)
  spawn "$GATEWAY_CPU" "$WORK/$name.log" bash -c \
    'source "$BENCH/arms/'"${name%%@*}"'/arm.sh"; arm_start "$@"' arm "${PORT[$name]}" "$MOCK_PORT" "$WORK/$name"
  PID[$name]=$SPAWNED
  client_args "$name"
  local headers=() i
  for ((i = 1; i < ${#ARGS[@]}; i += 2)); do headers+=(-H "${ARGS[i]}"); done
  wait_for "$name" "http://127.0.0.1:${PORT[$name]}/v1/chat/completions" "${PID[$name]}" "${headers[@]}" \
    -H 'Content-Type: application/json' -d '{"model":"gpt-bench","messages":[{"role":"user","content":"hi"}]}' || code=$?
  START_MS[$name]=$((($(date +%s%N) - began) / 1000000))
  return "$code"
}

stop_arm() { # name
  [ "$1" != direct ] || return 0
  kill "${PID[$1]}" 2>/dev/null || true
  wait "${PID[$1]}" 2>/dev/null || true
}

# Load that is not counted: tiered JIT and V8 need seconds of it on one core before their code is the final one.
heat_arm() { # name
  client_args "$1"
  local options
  for options in "-c 32 --prompt-bytes 1024" "-c 16 --prompt-bytes 102400" "-c 100 --stream --chunks 20 --pace 5"; do
    # shellcheck disable=SC2086
    taskset -c "$LOAD_CPU" "$LOAD" run --url "http://127.0.0.1:${PORT[$1]}/v1/chat/completions" "${ARGS[@]+"${ARGS[@]}"}" \
      --closed $options --warmup 0 --duration "$HEAT" >/dev/null || say "arm $1 answers the warm-up ($options) with errors"
  done
}

restart_arm() { stop_arm "$1"; start_arm "$1"; }

# --- one measurement ----------------------------------------------------------------------------------------------------

measure() { # arm-label arm cell kind about command options...
  local label="$1" name="$2" cell="$3" kind="$4" about="$5" command="$6"
  shift 6
  client_args "$name"
  local target=()
  [ "$name" = direct ] || target=(--pid "${PID[$name]}")
  local path="${CALL_PATH:-/v1/chat/completions}" line
  line="$(timeout $((SOAK_SECONDS + 120)) taskset -c "$LOAD_CPU" "$LOAD" "$command" \
    --url "http://127.0.0.1:${PORT[$name]}$path" "${ARGS[@]+"${ARGS[@]}"}" "${target[@]+"${target[@]}"}" --mock-pid "$MOCK_PID" \
    --tag "cell=$cell" --tag "kind=$kind" --tag "about=$about" --tag "arm=$label" --tag "round=$ROUND" \
    --append "$RAW" "$@")" || true
  printf 'bench: round %s %-16s %-16s %s\n' "$ROUND" "$cell" "$label" "$(brief "$line")" >&2
}

brief() { # one line of JSON -> the figures worth watching
  local field value
  for field in requests_per_second cpu_ms_per_thousand_requests cpu_us_per_chunk kb_per_stream allocated_bytes_per_request error_count other_cores; do
    value="$(sed -n "s/.*\"$field\":\([-0-9.eE]*\).*/\1/p" <<<"$1")"
    [ -z "$value" ] || printf '%s=%.4g ' "$field" "$value"
  done
}

cell() { # cell kind about command options...   on every arm, in random order
  local name
  for name in $(shuf -e $RUNNING); do
    measure "$name" "$name" "$@"
  done
}

bounds() { echo --warmup "$WARMUP" --duration "$DURATION"; }

# --- scenarios ----------------------------------------------------------------------------------------------------------

scenario_small() {
  cell small-200 closed "Closed loop, 32 connections, 200 B prompt, 1 KB answer" run --closed -c 32 --prompt-bytes 200 $(bounds)
  cell small-1k closed "Closed loop, 32 connections, 1 KB prompt, 1 KB answer" run --closed -c 32 --prompt-bytes 1024 $(bounds)
}

scenario_big() {
  cell big-100k closed "Closed loop, 16 connections, 100 KB prompt" run --closed -c 16 --prompt-bytes 102400 $(bounds)
  cell big-1m closed "Closed loop, 16 connections, 1 MB prompt" run --closed -c 16 --prompt-bytes 1048576 $(bounds)
}

scenario_paced() {
  local options=(--closed -c 200 --ramp 191 --stream --chunks 50 --pace 20 --warmup $((WARMUP + 1)) --duration "$DURATION")
  cell paced-tick stream "200 streams, 50 chunks of 250 B each, paced 20 ms (10,000 chunks/s); the upstream flushes on a 1 ms timer" \
    run --tick 1 "${options[@]}"
  cell paced-spread stream "200 streams, 50 chunks of 250 B each, paced 20 ms (10,000 chunks/s); every chunk at its own moment" \
    run "${options[@]}"
}

scenario_burst() {
  cell burst burst "16 streams at a time, 2,000 chunks back to back" \
    run --closed -c 16 --stream --chunks 2000 --pace 0 $(bounds)
}

scenario_open() {
  local rate
  for rate in 300 1000; do
    cell "open-$rate" open "Open loop, $rate requests/s, 64 connections, 1 KB prompt; latency from the due time" \
      run --rate "$rate" -c 64 --prompt-bytes 1024 "${SPIN[@]+"${SPIN[@]}"}" $(bounds)
  done
}

# A chat client against an Anthropic upstream, beside the same streams passed through. The guard refuses an answer that
# was not translated.
scenario_translated() {
  local name model
  for name in $(shuf -e $RUNNING); do
    model="${TRANSLATED[$name]:-}"
    [ -n "$model" ] || continue
    local about="200 streams paced 20 ms: 1 ms timer: chat client to a chat upstream, and to an Anthropic upstream (translated)"
    local options=(--closed -c 200 --ramp 191 --stream --chunks 50 --pace 20 --tick 1 --expect chat.completion.chunk
      --warmup $((WARMUP + 1)) --duration "$DURATION")
    measure "$name" "$name" translated stream "$about" run "${options[@]}"
    measure "$name-translated" "$name" translated stream "$about" run --model "$model" "${options[@]}"
  done
}

# Every client dialect of the generator against every upstream dialect of the mock, beside the pass-through of that upstream.
scenario_pairs() {
  local upstream client label
  local -A path=([chat]=/v1/chat/completions [responses]=/v1/responses [messages]=/v1/messages)
  local -A sign=([chat]=chat.completion.chunk [responses]=response.output_text.delta [messages]=content_block_delta [gemini]=modelVersion)
  [[ " $RUNNING " == *" weir "* ]] || return 0
  for upstream in $(shuf -e "${!sign[@]}"); do
    path[gemini]="/v1beta/models/$upstream-bench:streamGenerateContent?alt=sse"
    for client in $(shuf -e "${!sign[@]}"); do
      label="client $client"
      [ "$client" != "$upstream" ] || label=pass-through
      CALL_PATH="${path[$client]}" measure "$label" weir "pairs-$upstream" stream \
        "$upstream upstream, 200 streams paced 20 ms on a 1 ms timer, 50 chunks of 170 to 280 B: a client of the same dialect, and clients of the others (translated)" \
        run --dialect "$client" --model "$upstream-bench" --expect "${sign[$client]}" \
        --closed -c 200 --ramp 191 --stream --chunks 50 --pace 20 --tick 1 --warmup $((WARMUP + 2)) --duration "$DURATION"
    done
  done
}

# A fresh process each time: memory of earlier cells must not hide the streams.
scenario_streams() {
  local name
  for name in $(shuf -e $RUNNING); do
    [ "$name" != direct ] || continue
    restart_arm "$name"
    heat_arm "$name"
    measure "$name" "$name" streams hold "4,000 open streams, one chunk per second each" \
      streams -c 4000 --ramp 500 --pace 1000 --duration "$HOLD"
    restart_arm "$name"
    heat_arm "$name"
  done
}

scenario_alloc() {
  local name size
  for size in 1024 102400; do
    for name in $(shuf -e $RUNNING); do
      [ -n "${METRICS[$name]:-}" ] || continue
      measure "$name" "$name" "alloc-$((size / 1024))k" alloc "Bytes allocated per request, closed loop, 16 connections, $((size / 1024)) KB prompt" \
        run --closed -c 16 --prompt-bytes "$size" --metrics "http://127.0.0.1:$((PORT[$name] + METRICS[$name]))/metrics" $(bounds)
    done
  done
}

# Where the bytes go: allocation samples of Weir by step and type, beside the results.
scenario_where() {
  local trace="$WORK/where.nettrace" bytes loading
  [ "$ROUND" = 1 ] && [[ " $RUNNING " == *" weir "* ]] || return 0
  build_tools
  measure weir weir where alloc "Bytes allocated per request, closed loop, 16 connections, 1 KB prompt; by step in the file beside this one" \
    run --closed -c 16 --prompt-bytes 1024 --metrics "http://127.0.0.1:$((PORT[weir] + METRICS[weir]))/metrics" $(bounds)
  bytes="$(tail -1 "$RAW" | sed -n 's/.*"allocated_bytes_per_request":\([-0-9.eE]*\).*/\1/p')"
  taskset -c "$LOAD_CPU" "$LOAD" run --url "http://127.0.0.1:${PORT[weir]}/v1/chat/completions" "${ARGS[@]}" \
    --closed -c 16 --prompt-bytes 1024 --warmup 0 --duration 8 >/dev/null &
  loading=$!
  sleep 1
  dotnet "$TOOLS" allocations --pid "${PID[weir]}" --seconds 5 --trace "$trace" --bytes-per-request "$bytes" --out "$WORK/where.md"
  wait "$loading" || true
  mkdir -p "$(dirname "$OUT")"
  { echo "# Where the bytes go, $STAMP"
    echo
    echo "Weir $(git -C "$ROOT" describe --always --dirty), pass-through chat, 1 KB prompt, 1 KB answer, not streamed. The total is the runtime's own"
    echo "counter over a measured run; the shares are allocation samples (one per 100 KB) with their stacks. What a step calls counts"
    echo "as the step's. Again: bench/run.sh --arms weir --scenarios where"
    echo
    cat "$WORK/where.md"; } >"$OUT-allocations.md"
}

build_tools() {
  TOOLS="$BENCH/Weir.Benchmarks/bin/Release/net10.0/Weir.Benchmarks.dll"
  [ -n "${TOOLS_BUILT:-}" ] || dotnet build "$BENCH/Weir.Benchmarks" -c Release -v q -nologo >&2
  TOOLS_BUILT=yes
}

# 1,000 against 1,000,000 virtual keys; arms/weir/prepare-keys.sh makes them. A thousand of them call, in turn.
scenario_keys() {
  local count
  [[ " $RUNNING " == *" weir "* ]] || return 0
  build_tools
  for count in $(shuf -e 1000 1000000); do
    export ARM_KEYS=$count WAIT_TRIES=6000
    if start_arm "weir@$count"; then
      heat_arm "weir@$count"
      measure "weir@$count" "weir@$count" keys closed "Closed loop, 32 connections, 1 KB prompt, with so many virtual keys" \
        run --closed -c 32 --prompt-bytes 1024 --keys "$WORK/weir@$count/keys.txt" $(bounds)
    else
      say "keys: $count keys could not be prepared; left out"
    fi
    unset ARM_KEYS WAIT_TRIES
    stop_arm "weir@$count"
  done
}

# Ten routes against 10,000; arms/weir/add-routes.sh makes them. The last one takes every call.
scenario_routes() {
  local count
  [[ " $RUNNING " == *" weir "* ]] || return 0
  for count in $(shuf -e 10 10000); do
    export ARM_ROUTES=$count
    if start_arm "weir@$count-routes"; then
      heat_arm "weir@$count-routes"
      measure "weir@$count-routes" "weir@$count-routes" routes closed "Closed loop, 32 connections, 1 KB prompt, with so many routes" \
        run --closed -c 32 --prompt-bytes 1024 $(bounds)
    else
      say "routes: $count routes do not start; left out"
    fi
    unset ARM_ROUTES
    stop_arm "weir@$count-routes"
  done
}

scenario_soak() {
  [ "$ROUND" = 1 ] || return 0
  local name=yarp
  [[ " $RUNNING " != *" weir "* ]] || name=weir
  [[ " $RUNNING " == *" $name "* ]] || return 0
  restart_arm "$name"
  heat_arm "$name"
  measure "$name" "$name" soak soak "Open loop, 500 requests/s for $SOAK_SECONDS s, memory every 10 s" \
    run --rate 500 -c 64 --prompt-bytes 1024 --warmup 10 --duration "$SOAK_SECONDS" --sample-memory 10
}

# --- the run ------------------------------------------------------------------------------------------------------------

command -v setpriv >/dev/null && command -v taskset >/dev/null && command -v curl >/dev/null || {
  say "needs setpriv, taskset and curl"; exit 1; }
for name in $ARMS; do
  [ -f "$BENCH/arms/$name/arm.sh" ] || { say "no such arm: $name"; exit 2; }
done
for scenario in $SCENARIOS; do
  declare -F "scenario_$scenario" >/dev/null || { say "no such scenario: $scenario"; exit 2; }
done
ulimit -n "$(ulimit -Hn)"
say "building"
dotnet build "$BENCH/load/Weir.Load.csproj" -c Release -v q -nologo >&2

start_mock
NEXT_PORT=18100
RUNNING=""
for name in $ARMS; do
  arm "$name" arm_install
  if start_arm "$name"; then
    [ "$name" = direct ] || heat_arm "$name"
    RUNNING="$RUNNING $name"
    ABOUT[$name]="$(arm "$name" show ARM_ABOUT)"
    VERSION[$name]="$(arm "$name" arm_version)"
    METRICS[$name]="$(arm "$name" show ARM_METRICS_PORT_OFFSET)"
    TRANSLATED[$name]="$(arm "$name" show ARM_TRANSLATED_MODEL)"
  else
    say "arm $name left out"
  fi
done

for ROUND in $(seq "$ROUNDS"); do
  for scenario in $(shuf -e $SCENARIOS); do
    "scenario_$scenario"
  done
done

CONDITIONS=()
condition() { CONDITIONS+=(--condition "$1=$2"); }
condition date "$(date -u +%Y-%m-%dT%H:%MZ)"
condition commit "$(git -C "$ROOT" describe --always --dirty 2>/dev/null || echo unknown)"
condition "rounds × measured seconds" "$ROUNDS × $DURATION (warm-up $WARMUP)"
condition "heat of every arm before its first round" "3 loads × $HEAT s (1 KB, 100 KB, streams), not counted"
condition cores "$CORES; gateway on $GATEWAY_CPU, mock on $MOCK_CPU, generator on $LOAD_CPU"
condition processor "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)"
condition kernel "$(uname -r)"
condition .NET "$(dotnet --list-runtimes | sed -n 's/^Microsoft.AspNetCore.App \([^ ]*\).*/\1/p' | tail -1)"
DOTNET_SETTINGS="$(env | grep -E '^DOTNET_(GC|gc|Tiered|TC|ReadyToRun)' | tr '\n' ' ' || true)"
condition "GC of the .NET arms" "workstation (the runtime's choice on one core); DOTNET_ variables: ${DOTNET_SETTINGS:-none}"
condition protocol "HTTP/1.1 keep-alive on both legs, TLS off, loopback"
for name in $RUNNING; do
  condition "arm $name" "${ABOUT[$name]} [${VERSION[$name]}]${START_MS[$name]:+; start to first 200 in ${START_MS[$name]} ms}"
done
"$LOAD" report --raw "$RAW" --out "$OUT" --title "Benchmark $STAMP" "${CONDITIONS[@]}"
