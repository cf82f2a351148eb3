// Reads genai-prices: matching rules, dated prices, per-price context tiers.
import { Num, toPicos } from "./decimal.mjs";

const CLASSES = {
  input_mtok: "input", output_mtok: "output", cache_read_mtok: "cacheRead", cache_write_mtok: "cacheWrite5m",
  input_audio_mtok: "inputAudio", output_audio_mtok: "outputAudio", requests_kcount: "perRequest",
};
// Cached audio has no usage class of its own in Weir: providers report one cached counter.
const IGNORED = new Set(["cache_audio_read_mtok"]);

// The few regular expressions in the source, as globs. An unknown one stops the build, to be looked at.
const REGEX = {
  "^gemini-3\\.5-flash-\\d": ["gemini-3.5-flash-0*", "gemini-3.5-flash-1*"],
  "^google/gemini-3\\.5-flash-\\d{8}$": ["google/gemini-3.5-flash-20*"],
  "^x-ai/grok-4\\.3-\\d{8}$": ["x-ai/grok-4.3-20*"],
  "^grok-4\\.3-\\d{8}$": ["grok-4.3-20*"],
  "^grok-4\\.5-\\d{8}$": ["grok-4.5-20*"],
  "^x-ai/grok-4\\.5-\\d{8}$": ["x-ai/grok-4.5-20*"],
};

function matchers(match, is, like) {
  for (const [kind, value] of Object.entries(match)) {
    if (kind === "or") value.forEach((m) => matchers(m, is, like));
    else if (kind === "equals") is.add(value.toLowerCase());
    else if (kind === "starts_with") like.add(value.toLowerCase() + "*");
    else if (kind === "ends_with") like.add("*" + value.toLowerCase());
    else if (kind === "contains") like.add("*" + value.toLowerCase() + "*");
    else if (kind === "regex" && REGEX[value]) REGEX[value].forEach((g) => like.add(g));
    else throw new Error(`unknown matcher ${kind}: ${JSON.stringify(value)}`);
  }
}

function period(prices, from) {
  const base = {};
  const starts = new Set();
  const stated = Object.entries(prices).filter(([k]) => !IGNORED.has(k));
  for (const [key, value] of stated) {
    const cls = CLASSES[key];
    if (!cls) throw new Error(`unknown price key ${key}`);
    base[cls] = picos(key, value instanceof Num ? value : value.base);
    if (!(value instanceof Num)) value.tiers.forEach((t) => starts.add(Number(t.start.text)));
  }
  const tiers = [...starts].sort((a, b) => a - b).map((above) => {
    const tier = {};
    for (const [key, value] of stated) {
      const applies = value instanceof Num ? null : value.tiers.filter((t) => Number(t.start.text) <= above).at(-1);
      tier[CLASSES[key]] = applies ? picos(key, applies.price) : base[CLASSES[key]];
    }
    return { above, prices: tier };
  });
  return { from, prices: base, tiers, services: {} };
}

// Per thousand requests and per million tokens both become an integer of 10^-12 dollars per unit.
const picos = (key, num) => toPicos(num.text, key.endsWith("_kcount") ? 9 : 6);

function periods(prices) {
  if (!Array.isArray(prices)) return { periods: [period(prices, null)], byHour: false };
  const byHour = prices.some((p) => p.constraint?.start_time);
  // Prices by time of day are not modelled: the dearest (last) one stands, an upper bound.
  if (byHour) return { periods: [period(prices.at(-1).prices, null)], byHour };
  return { periods: prices.map((p) => period(p.prices, p.constraint?.start_date ?? null)), byHour };
}

export function readGenai(provider) {
  return provider.models.map((model) => {
    const is = new Set(), like = new Set();
    matchers(model.match, is, like);
    const read = periods(model.prices);
    return {
      id: model.id.toLowerCase(), is, like, ...read, source: "g", spelt: model.id,
      context: model.context_window ? Number(model.context_window.text) : null,
    };
  });
}
