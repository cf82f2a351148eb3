// What is not sold by the token, and the image classes that neither source states.
// platform.openai.com/docs/pricing, and the "Image generation", "Audio" and "Legacy" tables there. Whisper: $0.006 a minute;
// tts-1: $15, tts-1-hd: $30 per million characters. Pico-dollars.

const dollars = (text) => {
  const [whole, part = ""] = text.split(".");
  return BigInt(whole + part.padEnd(12, "0"));
};
const perMillion = (text) => dollars(text) / 1_000_000n;

const images = (perImage, kinds = {}) => ({
  prices: { perImage: dollars(perImage) },
  images: Object.fromEntries(Object.entries(kinds).map(([kind, price]) => [kind, dollars(price)])),
});

const added = {
  "whisper-1": { prices: { perSecond: dollars("0.006") / 60n } },
  "tts-1": { prices: { perCharacter: dollars("15") / 1_000_000n } },
  "tts-1-hd": { prices: { perCharacter: dollars("30") / 1_000_000n } },
  "dall-e-2": images("0.02", { "standard/256x256": "0.016", "standard/512x512": "0.018", "standard/1024x1024": "0.02" }),
  "dall-e-3": images("0.04", {
    "standard/1024x1024": "0.04", "standard/1024x1792": "0.08", "standard/1792x1024": "0.08",
    "hd/1024x1024": "0.08", "hd/1024x1792": "0.12", "hd/1792x1024": "0.12",
  }),
};

// The sources price the prompt; what comes out are image tokens, and pictures in the prompt have a price of their own.
const tokens = {
  "gpt-image-1": { input: "5", cacheRead: "1.25", inputImage: "10", outputImage: "40" },
  "gpt-image-1-mini": { inputImage: "2.5", outputImage: "8" },
  "gpt-image-1.5": { inputImage: "8", outputImage: "32" },
  "gpt-image-2": { outputImage: "30" },
};

/** Adds OpenAI's rows and classes to the merged list; what a source states stands. */
export function withMedia(provider, rows) {
  if (provider !== "openai") return rows;
  const period = (own) => ({ from: null, tiers: [], services: {}, ...own });
  for (const [id, classes] of Object.entries(tokens)) {
    const row = rows.find((r) => r.id === id);
    if (!row) continue;
    if (!row.periods.length) row.periods = [period({ prices: {} })];
    for (const [cls, price] of Object.entries(classes)) row.periods.forEach((p) => { p.prices[cls] ??= perMillion(price); });
  }
  for (const [id, own] of Object.entries(added)) {
    const row = rows.find((r) => r.id === id);
    if (row && row.periods.length) continue;
    if (row) row.periods = [period(own)];
    else rows.push({ id, is: new Set([id]), like: new Set(), spelt: id, source: "v", periods: [period(own)] });
  }
  return rows.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
