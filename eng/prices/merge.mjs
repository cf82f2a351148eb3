// Joins the two sources per provider. genai-prices is the newer and has matching rules, so its prices win;
// models.dev adds limits, capabilities, and the classes and tiers genai-prices does not state.

const literal = (glob) => glob.replaceAll("*", "");

function matches(glob, id) {
  const text = literal(glob), head = glob.startsWith("*"), tail = glob.endsWith("*");
  return head && tail ? id.includes(text) : head ? id.endsWith(text) : id.startsWith(text);
}

/** The row that prices `id`: exact first, then the glob with the most literal characters. */
function find(rows, id) {
  const exact = rows.find((r) => r.is.has(id));
  if (exact) return { row: exact, exact: true };
  const best = rows.flatMap((row) => [...row.like].filter((g) => matches(g, id)).map((g) => ({ row, n: literal(g).length })))
    .sort((a, b) => b.n - a.n)[0];
  return best ? { row: best.row, exact: false } : null;
}

const sameBase = (a, b) => a && b && a.prices.input === b.prices.input && a.prices.output === b.prices.output;

function enrich(row, extra) {
  const mine = row.periods.at(-1), theirs = extra.periods[0];
  if (sameBase(mine, theirs)) {
    for (const [cls, price] of Object.entries(theirs.prices)) mine.prices[cls] ??= price;
    if (!mine.tiers.length && row.periods.length === 1) mine.tiers = theirs.tiers;
    mine.services = { ...theirs.services, ...mine.services };
    row.source = "gm";
  }
  facts(row, extra);
}

function facts(row, extra) {
  if (row.hasFacts && row.factsId === row.id) return;
  row.hasFacts = true;
  row.factsId = extra.id;
  row.context = extra.context ?? row.context;
  row.maxOutput = extra.maxOutput;
  row.capabilities = extra.capabilities;
  row.released = extra.released;
}

/** A row's own name is one of its ids when its globs accept it and no other row claims it. */
function claimNames(rows) {
  const claimed = new Set(rows.flatMap((r) => [...r.is]));
  for (const row of rows)
    if (!claimed.has(row.id) && [...row.like].some((g) => matches(g, row.id))) row.is.add(row.id);
}

export function merge(genai, modelsDev) {
  const rows = [...genai], added = [];
  claimNames(rows);
  for (const extra of modelsDev) {
    const hit = find(genai, extra.id);
    if (hit?.row.byHour && extra.periods.length) {
      // The hourly prices were an old promotion; the flat price of the other source is what is charged.
      hit.row.periods = structuredClone(extra.periods);
      hit.row.source = "gm";
      hit.row.byHour = false;
      facts(hit.row, extra);
    } else if (hit?.exact) enrich(hit.row, extra);
    else if (hit && (!extra.periods.length || sameBase(hit.row.periods.at(-1), extra.periods[0]))) enrich(hit.row, extra);
    else if (!find(added, extra.id)?.exact) added.push(extra);
  }
  // Ids are matched in lower case; lists show how the provider spells them, which models.dev copies.
  const spelling = new Map(modelsDev.map((m) => [m.id, m.spelt]));
  for (const row of rows) row.spelt = spelling.get(row.id) ?? row.spelt;
  return rows.concat(added).sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
