// Published pricing rules that neither source states as numbers. Each names the vendor page that says so.
// They are applied to the rows, so that the finished book holds plain prices and no rule hides in the program.

const isClaude = (row) => row.id.includes("claude");
const newerClaude = /claude-(opus-4-[6-9]|opus-5|sonnet-4-6|sonnet-5|haiku-5|fable-5)/;

const everySet = (row, visit) => row.periods.forEach((p) => {
  for (const schedule of [p, ...Object.values(p.services).filter((s) => typeof s === "object")])
    [schedule, ...schedule.tiers].forEach((s) => visit(s.prices));
});

const service = (row, name, value) => row.periods.forEach((p) => { p.services[name] ??= value; });

// A service tier that halves every price but that of cache reads.
const halve = (set) => Object.fromEntries(
  Object.entries(set).map(([cls, price]) => [cls, cls === "cacheRead" ? price : (price + 1n) / 2n]));

const halfButCacheRead = (row, name) => row.periods.forEach((p) => {
  p.services[name] ??= {
    prices: halve(p.prices), tiers: p.tiers.map((t) => ({ above: t.above, prices: halve(t.prices) })),
  };
});

export const supplements = {
  // platform.claude.com/docs/en/about-claude/pricing: one-hour cache writes cost twice the base input price,
  // on Anthropic's own API and where its models are resold.
  cacheWriteOneHour(providerId, row) {
    if (isClaude(row))
      everySet(row, (set) => { if (set.cacheWrite5m !== undefined && set.input !== undefined) set.cacheWrite1h ??= set.input * 2n; });
  },
  // Same page: batch is half of every token price; web search is $10 per 1,000 searches; inference pinned to the
  // US (`inference_geo`) is 1.1 times every token price from Opus 4.6 on.
  anthropic(providerId, row) {
    if (providerId !== "anthropic") return;
    service(row, "batch", "1/2");
    row.periods.forEach((p) => { p.prices.perSearch ??= 10n ** 10n; });
    if (newerClaude.test(row.id)) row.regions = { us: "11/10" };
  },
  // platform.openai.com/docs/pricing: batch is half price; flex is billed at batch rates where it is offered.
  openai(providerId, row) {
    if (providerId !== "openai") return;
    service(row, "batch", "1/2");
    if (/^(o3|o4-mini|gpt-5(\.\d+)?(-mini|-nano)?)$/.test(row.id)) service(row, "flex", "1/2");
  },
  // ai.google.dev/gemini-api/docs/pricing: batch halves input and output; cached input keeps its price.
  google(providerId, row) {
    if (providerId === "google" && row.id.startsWith("gemini-")) halfButCacheRead(row, "batch");
  },
  // console.groq.com/docs/flex-processing: flex costs the same as on demand. docs: batch is half price.
  groq(providerId, row) {
    if (providerId !== "groq") return;
    service(row, "flex", "1/1");
    service(row, "batch", "1/2");
  },
  // docs.mistral.ai/capabilities/batch: batch is half price.
  mistral(providerId, row) {
    if (providerId === "mistral") service(row, "batch", "1/2");
  },
};
