# Everything but behaviour: formatting, warnings, rules of the house, generated files.

check() {
  need_dotnet
  step "Scripts parse" bash -n weir .ci/run eng/*.sh bench/run.sh
  step "Packages match their lock files" dotnet restore Weir.slnx --locked-mode -v q
  step "Formatting" dotnet format whitespace --folder --verify-no-changes
  # Style rules, analyzers and banned symbols are warnings, and warnings are errors.
  step "Build without a warning" compile
  step "Architecture rules" core_tests -namespace "Weir.Core.Tests.Architecture"
  step "Generated files are up to date" core_tests -class "*DriftTests"
  say "Everything in order."
}

fmt() {
  need_dotnet
  step "Restoring packages" dotnet restore Weir.slnx -v q
  step "Formatting" dotnet format Weir.slnx --no-restore
}

compile() { dotnet build Weir.slnx -c Release --no-restore -v q; }

core_tests() { tests/Weir.Core.Tests/bin/Release/net10.0/Weir.Core.Tests -noLogo "$@"; }
