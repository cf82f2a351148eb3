# Weir itself, base configuration. WEIR_BENCH_CONFIG names another template, WEIR_BENCH_BINARY another build.
ARM_ABOUT="Weir, virtual key + route + metering + metrics, no inspection"
WEIR_BINARY="${WEIR_BENCH_BINARY:-$ROOT/out/weir}"
export BENCH_KEY="${BENCH_KEY:-wk-bench-0123456789abcdef0123456789abcdef}"
export MOCK_KEY="${MOCK_KEY:-sk-bench-mock-upstream}"
ARM_ARGS=(--header "Authorization: Bearer $BENCH_KEY")
ARM_METRICS_PORT_OFFSET=1
ARM_TRANSLATED_MODEL=claude-bench

arm_install() {
  [ -x "$WEIR_BINARY" ] || dotnet publish "$ROOT/src/Weir/Weir.csproj" -c Release -o "$ROOT/out" -v q -nologo >&2
}

arm_version() {
  git -C "$ROOT" describe --always --dirty 2>/dev/null || echo unknown
}

arm_start() {
  sed -e "s|@MOCK@|$2|g" "${WEIR_BENCH_CONFIG:-$BENCH/arms/weir/weir.yaml}" >"$3/weir.yaml"
  [ -z "${ARM_ROUTES:-}" ] || "$BENCH/arms/weir/add-routes.sh" "$ARM_ROUTES" >>"$3/weir.yaml"
  if [ -n "${ARM_KEYS:-}" ]; then
    "$BENCH/arms/weir/prepare-keys.sh" "$ARM_KEYS" "$3" || exit 75
  fi
  exec "$WEIR_BINARY" up --listen "127.0.0.1:$1" --admin "127.0.0.1:$(($1 + 1))" --data "$3/data" --config "$3/weir.yaml"
}
