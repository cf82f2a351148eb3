# Making out/weir.

# What the published program is made of.
SOURCES=(src Directory.Build.props Directory.Packages.props BannedSymbols.txt global.json)

build_if_changed() {
  if [ ! -x "$WEIR" ] || sources_newer_than "$OUT/.built"; then
    build
  fi
}

# Folders count too: a deleted file leaves only its folder's time behind.
sources_newer_than() {
  [ -f "$1" ] || return 0
  [ -n "$(find "${SOURCES[@]}" \( -name bin -o -name obj \) -prune -o -newer "$1" -print -quit)" ]
}

build() {
  need_dotnet
  mkdir -p "$OUT"
  touch "$OUT/.building"
  step "Restoring packages" dotnet restore src/Weir --locked-mode -v q
  step "Publishing out/weir" publish
  mv "$OUT/.building" "$OUT/.built"
}

# One file that starts in a few hundredths of a second where the ready-to-run compiler is pinned, a portable one elsewhere.
publish() {
  local kind=(-p:PublishReadyToRun=false)
  [ "$(uname -sm)" != "Linux x86_64" ] || kind=(-r linux-x64)
  rm -rf "$OUT/bin"
  dotnet publish src/Weir -c Release --no-restore "${kind[@]}" -o "$OUT/bin" -v q && ln -sfn bin/weir "$WEIR"
}
