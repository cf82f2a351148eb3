/** Polls until `probe` gives something truthy; fails with `what` after the limit. A limit, never a wait. */
export async function until(what, probe, limitMs = 30_000) {
  const end = Date.now() + limitMs;
  for (let last; ; ) {
    try {
      const value = await probe();
      if (value) return value;
      last = value;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`Waited ${limitMs} ms for: ${what}${last instanceof Error ? ` (${last.message})` : ''}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
