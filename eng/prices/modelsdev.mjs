// Reads models.dev: exact ids, limits, capabilities, context tiers, fast or priority modes.
import { Num, toPicos } from "./decimal.mjs";

const CLASSES = {
  input: "input", output: "output", cache_read: "cacheRead", cache_write: "cacheWrite5m", reasoning: "reasoning",
  input_audio: "inputAudio", output_audio: "outputAudio",
  // misspellings some authors of the source use
  cached_input: "cacheRead", cache_input: "cacheRead", cached_write: "cacheWrite5m",
};

function prices(cost) {
  const out = {};
  for (const [key, value] of Object.entries(cost ?? {}))
    if (CLASSES[key] && value instanceof Num) out[CLASSES[key]] ??= toPicos(value.text);
  // A reasoning price equal to the output price says nothing and would hide a tier's output price.
  if (out.reasoning === out.output) delete out.reasoning;
  return out;
}

function services(model) {
  const out = {};
  for (const [mode, m] of Object.entries(model.experimental?.modes ?? {})) {
    // The name the *response* carries: OpenAI's service_tier, Anthropic's speed.
    const name = m.provider?.body?.service_tier ?? m.provider?.body?.speed ?? mode;
    out[name] = { prices: prices(m.cost), tiers: [] };
  }
  return out;
}

function capabilities(m) {
  const input = m.modalities?.input ?? [], output = m.modalities?.output ?? [];
  return [
    m.tool_call && "t", input.includes("image") && "v", input.includes("audio") && "a", input.includes("pdf") && "d",
    m.reasoning && "r", m.structured_output && "s", output.includes("image") && "I", output.includes("audio") && "A",
  ].filter(Boolean).join("");
}

const limit = (num) => (num instanceof Num && Number(num.text) > 0 ? Number(num.text) : null);

/** The source has days, months where only that is known, and slips (2025-25-11). */
function day(text) {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text ?? "") ? new Date(text + "T00:00:00Z") : new Date(NaN);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) ? text : null;
}

export function readModelsDev(provider) {
  return Object.entries(provider.models).map(([id, m]) => ({
    id: id.toLowerCase(), is: new Set([id.toLowerCase()]), like: new Set(), source: "m", spelt: id,
    periods: m.cost ? [{
      from: null, prices: prices(m.cost), services: services(m),
      tiers: (m.cost.tiers ?? []).map((t) => ({ above: Number(t.tier.size.text), prices: prices(t) }))
        .sort((a, b) => a.above - b.above),
    }] : [],
    context: limit(m.limit?.context), maxOutput: limit(m.limit?.output), capabilities: capabilities(m),
    released: day(m.release_date),
  }));
}
