# Portkey's open-source gateway from npm, with the pin that makes its streaming work (see package.json).
ARM_ABOUT="@portkey-ai/gateway 1.15.2 with @hono/node-server 1.14.1"
ARM_ARGS=(--header "x-portkey-provider: openai" --header "x-portkey-custom-host: http://127.0.0.1:$MOCK_PORT/v1"
  --header "Authorization: Bearer sk-bench")

arm_install() {
  [ -d "$BENCH/arms/portkey/node_modules" ] || (cd "$BENCH/arms/portkey" && npm ci --ignore-scripts --no-audit --no-fund >&2)
}

arm_version() {
  echo "@portkey-ai/gateway 1.15.2, node $(node --version)"
}

arm_start() {
  cd "$BENCH/arms/portkey/node_modules/@portkey-ai/gateway" || exit 1
  NODE_ENV=production exec node build/start-server.js "--port=$1" --headless
}
