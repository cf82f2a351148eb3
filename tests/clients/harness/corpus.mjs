// Recorded provider traffic that lives outside the repository: samples of it, and files a replaying simulator reads.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sharedFolder } from './process.mjs';

export const NO_CORPUS = 'no recorded traffic: set WEIR_SHARED to a folder that has corpus/';

const folder = sharedFolder() && path.join(sharedFolder(), 'corpus');

export const hasCorpus = () => folder !== null && existsSync(folder);

/** Recordings of a kind that have their request: as many streams as others when there are enough, spread over all files. */
export function sample(kind, count, wanted = () => true) {
  const all = [];
  for (const file of readdirSync(folder).filter((name) => /\.jsonl(\.gz)?$/.test(name)).sort()) {
    const bytes = readFileSync(path.join(folder, file));
    for (const line of (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n')) {
      if (!line.includes(`"${kind}"`)) continue;
      const exchange = JSON.parse(line);
      if (exchange.api === kind && exchange.requestBody && wanted(exchange)) all.push(exchange);
    }
  }
  return [true, false].flatMap((stream) => {
    const some = all.filter((exchange) => exchange.stream === stream);
    const size = Math.min(some.length, Math.ceil(count / 2));
    return Array.from({ length: size }, (_, at) => some[Math.floor((at * some.length) / size)]);
  });
}

/** Writes exchanges as a recording. */
export function write(to, name, exchanges) {
  writeFileSync(path.join(to, `${name}.jsonl.gz`), gzipSync(exchanges.map((exchange) => JSON.stringify(exchange)).join('\n') + '\n'));
}
