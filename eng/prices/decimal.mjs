// Decimal text <-> integers. Prices never pass through a binary floating point number.

const SCALE = 6; // dollars per million tokens x 10^6 = pico-dollars per token

/** Parses JSON keeping every number as its source text, wrapped in `Num`. */
export class Num {
  constructor(text) { this.text = text; }
}

export function parseJson(text) {
  const marked = text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g,
    (token) => (token[0] === '"' ? token : `{"#number":"${token}"}`));
  return JSON.parse(marked, (_, value) =>
    value && typeof value === "object" && "#number" in value ? new Num(value["#number"]) : value);
}

/** Decimal text to an integer count of 10^-scale, half up. Negative prices are an error of the source. */
export function toPicos(text, scale = SCALE) {
  const m = /^(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!m) throw new Error(`not a price: ${text}`);
  const fraction = m[2] ?? "";
  const shift = scale + Number(m[3] ?? 0) - fraction.length;
  const digits = BigInt(m[1] + fraction);
  if (shift >= 0) return digits * 10n ** BigInt(shift);
  const divisor = 10n ** BigInt(-shift);
  return (digits * 2n + divisor) / (divisor * 2n);
}

/** Integer count of 10^-scale to the shortest decimal text. */
export function toText(picos, scale = SCALE) {
  const s = picos.toString().padStart(scale + 1, "0");
  const fraction = s.slice(-scale).replace(/0+$/, "");
  return s.slice(0, -scale) + (fraction ? "." + fraction : "");
}
