// A rank file lists the bytes of every token. A token of more than one byte came about by merging two tokens of lower
// rank; which two is found by running the merges up to its own rank. The two numbers say as much as the bytes, and less.

/** @param {string} file lines of "base64 rank" @returns the single bytes by rank, and the parts of every other token */
export function splits(file) {
  const tokens = file.trim().split("\n").map((line, i) => {
    const [base64, rank] = line.trim().split(" ");
    if (Number(rank) !== i) throw new Error(`rank ${rank} in line ${i}: ranks must have no gaps`);
    return Buffer.from(base64, "base64").toString("latin1");
  });
  const ranks = new Map(tokens.map((token, i) => [token, i]));
  if (ranks.size !== tokens.length) throw new Error("a token occurs twice");

  const bytes = tokens.slice(0, 256).map((t) => t.charCodeAt(0));
  if (tokens.slice(0, 256).some((t) => t.length !== 1)) throw new Error("the first 256 tokens must be the single bytes");
  const left = [], right = [];
  for (let i = 256; i < tokens.length; i++) {
    const parts = merge(tokens[i], ranks, i);
    // Linear-time counting rests on this: every token is what its own bytes encode to.
    if (parts.length !== 2) throw new Error(`token ${i} is not reached by merges`);
    left.push(ranks.get(parts[0]));
    right.push(ranks.get(parts[1]));
  }
  return { bytes, left, right };
}

/** Byte-pair merges of `text` with ranks below `limit`: the lowest first, the leftmost of equals. */
function merge(text, ranks, limit) {
  const parts = [...text];
  for (;;) {
    let best = limit, at = -1;
    for (let i = 0; i + 1 < parts.length; i++) {
      const rank = ranks.get(parts[i] + parts[i + 1]);
      if (rank !== undefined && rank < best) [best, at] = [rank, i];
    }
    if (at < 0) return parts;
    parts.splice(at, 2, parts[at] + parts[at + 1]);
  }
}
