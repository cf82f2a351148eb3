// Writes the conformance suite of CEL (github.com/google/cel-spec, tests/simple, Apache-2.0; @bufbuild/cel-spec carries it as
// plain data) as one JSON file for tests/Weir.Core.Tests/Expressions/Conformance: node cel.mjs FILE
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { tests as root } from "@bufbuild/cel-spec/testdata/conformance.js";

const [, , file] = process.argv;
if (!file) throw new Error("usage: node cel.mjs FILE");

const manifest = JSON.parse(readFileSync(new URL("node_modules/@bufbuild/cel-spec/package.json", import.meta.url)));

// Suites hold sections and sections hold tests; either may be empty.
const cases = (root.suites ?? []).flatMap((suite) =>
  (suite.suites ?? []).flatMap((section) =>
    (section.tests ?? []).map(({ original }) => ({ suite: suite.name, section: section.name, ...original }))));

if (cases.length === 0) throw new Error("@bufbuild/cel-spec holds no cases where this script looks for them");
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, JSON.stringify({ package: `${manifest.name} ${manifest.version}`, specification: manifest.upstreamCelSpecRef, cases }));
console.log(`${cases.length} cases of cel-spec ${manifest.upstreamCelSpecRef} in ${file}`);
