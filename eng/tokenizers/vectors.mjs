#!/usr/bin/env node
// Writes tests/Weir.Core.Tests/Tokens/Data/vectors.jsonl: texts of our own making and what OpenAI's own tokenizer (the
// npm package tiktoken, its Rust code as WebAssembly) makes of them. The same seed gives the same bytes.
//   npm --prefix tests/clients ci --ignore-scripts && node eng/tokenizers/vectors.mjs
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { texts } from "./texts.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { get_encoding } = createRequire(here("../../tests/clients/package.json"))("tiktoken");
const encodings = { o200k: get_encoding("o200k_base"), cl100k: get_encoding("cl100k_base") };

const lines = texts().map((text) => {
  const tokens = Object.entries(encodings).map(([name, encoding]) => [name, [...encoding.encode_ordinary(text)]]);
  // ASCII on disk: no editor or diff may repair what these texts get wrong on purpose.
  return JSON.stringify({ text, ...Object.fromEntries(tokens) }).replace(/[^\x20-\x7e]/g, (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));
});
const target = process.argv[2] ?? here("../../tests/Weir.Core.Tests/Tokens/Data/vectors.jsonl");
writeFileSync(target, lines.join("\n") + "\n");
console.log(`${lines.length} texts`);
