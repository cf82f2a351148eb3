# Everything but behaviour: formatting, warnings, rules of the house, generated files.

check() {
  need_dotnet
  step "Scripts parse" bash -n weir .ci/run eng/*.sh bench/run.sh
  step "Packages match their lock files" dotnet restore Weir.slnx --locked-mode -v q
  step "Formatting" dotnet format whitespace --folder --verify-no-changes
  # Style rules, analyzers and banned symbols are warnings, and warnings are errors.
  step "Build without a warning" compile
  step "Architecture rules" tests_named -namespace "*.Architecture"
  step "Generated files are up to date" tests_named -class "*DriftTests"
  say "Everything in order."
}

fmt() {
  need_dotnet
  step "Restoring packages" dotnet restore Weir.slnx -v q
  step "Formatting" dotnet format Weir.slnx --no-restore
}

compile() { dotnet build Weir.slnx -c Release --no-restore -v q; }

# Every suite that has tests of that name; at least one must have.
tests_named() {
  local project ran=no output
  for project in Weir.Core.Tests Weir.Tests; do
    output="$("tests/$project/bin/Release/net10.0/$project" -noLogo -noColor "$@")" && ! grep -q 'Total: 0,' <<<"$output" && ran=yes && continue
    grep -q 'Total: 0,' <<<"$output" || { echo "$output"; return 1; }
  done
  [ $ran = yes ]
}
