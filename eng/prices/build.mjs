#!/usr/bin/env node
// Builds src/Weir.Core/Catalog/Data/prices.json from the two public catalogues. No dependencies.
//   node eng/prices/build.mjs <folder with genai-prices.json.gz and models.dev.json.gz>
import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import { parseJson } from "./decimal.mjs";
import { readGenai } from "./genai.mjs";
import { withMedia } from "./media.mjs";
import { merge } from "./merge.mjs";
import { readModelsDev } from "./modelsdev.mjs";
import { providers } from "./providers.mjs";
import { supplements } from "./supplements.mjs";
import { render } from "./write.mjs";

const folder = process.argv[2] ?? fileURLToPath(new URL("../../../shared/prices", import.meta.url));
const target = process.argv[3] ?? fileURLToPath(new URL("../../src/Weir.Core/Catalog/Data/prices.json", import.meta.url));
const read = (name) => parseJson(gunzipSync(readFileSync(`${folder}/${name}.json.gz`)).toString("utf8"));
const genai = read("genai-prices"), modelsDev = read("models.dev");

// Sold as free on the vendors' price pages.
const FREE = new Set(["openai/moderation", "zai/glm-4.5-flash", "zai/glm-4.7-flash"]);

/** A price of zero usually means "not known" in these lists; only models sold as free are free. */
function dropUnknownZeros(provider, row) {
  const zero = (p) => !p.prices.input && !p.prices.output && !p.prices.perRequest;
  if (row.id.endsWith(":free") || row.id.endsWith("/free") ) return true;
  if (FREE.has(`${provider}/${row.id}`)) {
    row.periods = [{ from: null, prices: { input: 0n, output: 0n }, tiers: [], services: {} }];
    return row.free = true;
  }
  const before = row.periods.length;
  row.periods = row.periods.filter((p) => !zero(p));
  return before === row.periods.length;
}

const built = providers.map((p) => {
  const dear = p.genai ? readGenai(genai.providers.find((g) => g.id === p.genai)) : [];
  const wide = p.modelsDev.flatMap((id) => readModelsDev(modelsDev.providers[id]));
  const rows = merge(dear, wide);
  const zeros = rows.filter((r) => !dropUnknownZeros(p.id, r)).map((r) => r.id);
  if (zeros.length) console.error(`${p.id}: ${zeros.length} zero-priced left unpriced: ${zeros.slice(0, 6).join(" ")}`);
  withMedia(p.id, rows);
  for (const row of rows.filter((r) => !r.free)) for (const apply of Object.values(supplements)) apply(p.id, row);
  // A model without price, limits and capabilities tells nothing.
  return { ...p, rows: rows.filter((r) => r.periods.length || r.context || r.capabilities) };
});

const stamp = (s, licence) => ({ name: s.source, commit: s.commit.slice(0, 12), date: s.date, licence });
const date = genai.date > modelsDev.date ? genai.date : modelsDev.date;
const text = render(date, [stamp(genai, "MIT"), stamp(modelsDev, "MIT")], built);
writeFileSync(target, text);
console.error(`${target}: ${built.reduce((n, p) => n + p.rows.length, 0)} models, ${text.length} bytes`);
