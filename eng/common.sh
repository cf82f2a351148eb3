# What every verb of ./weir shares: saying what happens, and having what a step needs.

# All of it goes to standard error: standard output belongs to the result.
say() { printf '%s\n' "$*" >&2; }
die() { say "weir: $*"; exit 1; }

# step TEXT COMMAND…: runs a command in silence, says how long it took, and shows its output only when it fails.
step() {
  local text="$1" log status=0 began=$SECONDS
  shift
  log="$(mktemp)"
  printf '%s … ' "$text" >&2
  "$@" >"$log" 2>&1 || status=$?
  if [ $status -eq 0 ]; then
    say "$((SECONDS - began)) s"
  else
    say "failed after $((SECONDS - began)) s"
    cat "$log" >&2
  fi
  rm -f "$log"
  return $status
}

need_dotnet() {
  command -v dotnet >/dev/null || die "the .NET SDK 10 is missing: https://dotnet.microsoft.com/download"
  dotnet --version >/dev/null 2>&1 || die "this needs the .NET SDK named in global.json; installed: $(dotnet --list-sdks | tr '\n' ' ')"
}

# want COMMAND PACKAGE WHY: has a Debian package there, or says what is missing and returns 1.
want() {
  command -v "$1" >/dev/null && return 0
  local prefix=()
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || { say "$1 is missing ($3). Install it with: sudo apt-get install $2"; return 1; }
    prefix=(sudo -n)
  fi
  command -v apt-get >/dev/null || { say "$1 is missing ($3), and there is no apt-get to install '$2' with"; return 1; }
  step "Installing $2 ($3)" install_package "$2" "${prefix[@]}"
}

install_package() {
  local package="$1"
  shift
  local apt=("$@" env DEBIAN_FRONTEND=noninteractive apt-get -q)
  # The lists of a fresh machine are empty or old.
  "${apt[@]}" install -y --no-install-recommends "$package" && return 0
  "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends "$package"
}
