// Recorded provider traffic: an SDK pointed straight at the recording and the same SDK pointed at Weir see the same.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { hasCorpus, NO_CORPUS, sample, write } from './harness/corpus.mjs';
import { ownRecordings } from './harness/recordings.mjs';
import { startPair } from './harness/weir.mjs';

const SAMPLE = Number(process.env.WEIR_REPLAY_SAMPLE ?? 60);
const MODES = ['whole', 'event', 'byte', 'random.7', 'gzip'];
const KINDS = { 'openai.chat': { provider: 'chat' }, 'anthropic.messages': { provider: 'claude' } };

let weir, own, recorded;
const folder = mkdtempSync(path.join(tmpdir(), 'weir-recordings-'));

before(async () => {
  own = ownRecordings();
  write(folder, 'own', own);
  recorded = hasCorpus() ? Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, sample(kind, SAMPLE)])) : null;
  for (const [kind, exchanges] of Object.entries(recorded ?? {})) write(folder, kind, exchanges);
  weir = await startPair({ replay: folder });
});
after(async () => {
  await weir?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Everything a client can see of an answer: the object or the events, or the error. */
async function observe(kind, base, key, exchange, mode) {
  const settings = { apiKey: key, baseURL: kind === 'openai.chat' ? `${base}/v1` : base, maxRetries: 0, timeout: 60_000, logLevel: 'off', defaultHeaders: { 'x-replay-id': exchange.id, 'x-replay-mode': mode } };
  const body = JSON.parse(exchange.requestBody);
  body.model = `${KINDS[kind].provider}/${body.model}`;
  if (exchange.stream) body.stream = true;
  try {
    const resource = kind === 'openai.chat' ? new OpenAI(settings).chat.completions : new Anthropic(settings).messages;
    const answer = await resource.create(body);
    if (!exchange.stream) return { answer };
    const events = [];
    for await (const event of answer) events.push(event);
    return { events };
  } catch (error) {
    if (!(error instanceof OpenAI.APIError || error instanceof Anthropic.APIError)) throw error;
    return { error: { name: error.constructor.name, status: error.status, body: error.error, message: error.message } };
  }
}

/** Without what Weir changes on purpose: `usage: null` in chunks of a client that did not ask for usage. */
function comparable(seen, exchange) {
  const asked = exchange.requestBody.includes('include_usage');
  return JSON.parse(JSON.stringify(seen, (name, value) => (name === '_request_id' || (name === 'usage' && value === null && !asked) ? undefined : value)));
}

async function same(kind, exchange, mode) {
  const direct = await observe(kind, weir.simulator, 'sk-direct-0123456789', exchange, mode);
  const through = await observe(kind, weir.api, weir.key, exchange, mode);
  const what = `${exchange.id} (${exchange.provider}, ${mode})`;
  if (direct.error && direct.error.status === undefined && through.error?.status !== undefined) {
    // An error event of a stream, caught before anything was delivered: then it can still be an honest status.
    assert.deepEqual(through.error.body?.error, direct.error.body?.error, what);
  } else {
    assert.deepEqual(comparable(through, exchange), comparable(direct, exchange), what);
  }
}

describe('recordings of our own', () => {
  for (const mode of MODES) {
    test(`delivered as ${mode}`, async () => {
      for (const exchange of own) await same(exchange.api, exchange, mode);
    });
  }
});

for (const kind of Object.keys(KINDS)) {
  test(`recorded ${kind} traffic`, async (t) => {
    if (!recorded) return t.skip(NO_CORPUS);
    assert.ok(recorded[kind].length > 20);
    const broken = [];
    for (const [at, exchange] of recorded[kind].entries()) {
      await same(kind, exchange, MODES[at % MODES.length]).catch((error) => broken.push(error.message));
    }
    t.diagnostic(`${recorded[kind].length} exchanges, ${recorded[kind].filter((exchange) => exchange.stream).length} streams`);
    assert.deepEqual(broken, []);
  });
}
