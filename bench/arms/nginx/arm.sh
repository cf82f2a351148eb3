# nginx as a bare reverse proxy. Sourced by bench/run.sh, see bench/README.md for the contract of an arm.
ARM_ABOUT="nginx, one worker, proxy_buffering off, keep-alive upstream"
ARM_ARGS=()

arm_install() {
  command -v nginx >/dev/null || apt-get install -y -qq --no-install-recommends nginx
}

arm_version() {
  nginx -v 2>&1 | sed 's/.*: //'
}

arm_start() { # port mock-port directory
  sed -e "s|@PORT@|$1|g" -e "s|@MOCK@|$2|g" -e "s|@DIR@|$3|g" "$BENCH/arms/nginx/nginx.conf" >"$3/nginx.conf"
  exec nginx -p "$3" -c "$3/nginx.conf"
}
