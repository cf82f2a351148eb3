// Our own compact format: one model per line, sorted, prices as decimal text, so that a price change is a one-line diff.
import { createHash } from "node:crypto";
import { toText } from "./decimal.mjs";

const ORDER = ["input", "output", "cacheRead", "cacheWrite5m", "cacheWrite1h", "reasoning", "inputAudio", "outputAudio",
  "inputImage", "outputImage", "perRequest", "perSearch", "perImage", "perSecond", "perCharacter"];

function priceFields(set) {
  const out = {};
  // Tokens: dollars per million. What is per something: dollars each.
  for (const cls of ORDER) if (set[cls] !== undefined) out[cls] = toText(set[cls], cls.startsWith("per") ? 12 : 6);
  return out;
}

const scheduleFields = (s) => ({
  ...priceFields(s.prices),
  ...(s.tiers.length ? { tiers: s.tiers.map((t) => ({ above: t.above, ...priceFields(t.prices) })) } : {}),
});

function periodFields(p) {
  const services = Object.fromEntries(Object.entries(p.services).sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, s]) => [name, typeof s === "string" ? s : scheduleFields(s)]));
  return {
    ...(p.from ? { from: p.from } : {}), ...scheduleFields(p),
    ...(Object.keys(services).length ? { services } : {}),
    ...(p.images ? { images: Object.fromEntries(Object.entries(p.images).map(([kind, price]) => [kind, toText(price, 12)])) } : {}),
  };
}

function rowLine(row) {
  const others = [...row.is].filter((id) => id !== row.id).sort(), like = [...row.like].sort();
  return JSON.stringify({
    id: row.id,
    // The row's name is not always an id it matches (regional.*, fine-tuned families).
    ...(row.is.has(row.id) ? {} : { nameOnly: true }),
    ...(row.spelt !== row.id ? { spelt: row.spelt } : {}),
    ...(others.length ? { is: others } : {}), ...(like.length ? { like } : {}),
    ...(row.context ? { context: row.context } : {}), ...(row.maxOutput ? { maxOutput: row.maxOutput } : {}),
    ...(row.capabilities !== undefined ? { can: row.capabilities } : {}),
    ...(row.released ? { released: row.released } : {}),
    ...(row.regions ? { regions: row.regions } : {}), source: row.source,
    ...(row.periods.length ? { prices: row.periods.map(periodFields) } : {}),
  });
}

export function render(date, sources, providers) {
  const blocks = providers.map((p) => {
    const head = { id: p.id, ...(p.aliases ? { aliases: p.aliases } : {}), ...(p.fallback ? { fallback: p.fallback } : {}) };
    return JSON.stringify(head).slice(0, -1) + ',"models":[\n' + p.rows.map(rowLine).join(",\n") + "\n]}";
  });
  const body = blocks.join(",\n");
  // Over everything priced: an edit by hand is found by a test.
  const hash = createHash("sha256").update(body).digest("hex").slice(0, 12);
  const head = { format: 1, version: `${date}+${hash}`, currency: "USD", sources };
  return JSON.stringify(head).slice(0, -1) + ',"providers":[\n' + body + "\n]}\n";
}
