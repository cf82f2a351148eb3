// Weir's signatures against those of AWS's own signer, for requests of many shapes.
import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { SignatureV4 } from '@smithy/signature-v4';
import { startPair } from './harness/weir.mjs';

const SECRET = 'simulated/secret+access=key-0123456789';
let weir, upstream;
const seen = [];

class Sha256 {
  constructor(key) { this.hash = key ? createHmac('sha256', key) : createHash('sha256'); }
  update(data) { this.hash.update(data); }
  async digest() { return new Uint8Array(this.hash.digest()); }
}

/** What AWS's signer makes of a request as it came. */
async function resign({ method, url, headers, body }) {
  const [, scope, names] = /Credential=[^/]+\/([^,]+), SignedHeaders=([^,]+)/.exec(headers.authorization);
  const [, region, service] = scope.split('/');
  const at = new URL(url, 'http://upstream');
  const date = headers['x-amz-date'].replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z');
  const query = {};
  for (const [name, value] of at.searchParams) query[name] = name in query ? [].concat(query[name], value) : value;
  const signed = await new SignatureV4({
    credentials: { accessKeyId: 'AKIDWEIR', secretAccessKey: SECRET, sessionToken: headers['x-amz-security-token'] }, region, service, sha256: Sha256, applyChecksum: false,
  }).sign({
    method, protocol: 'http:', hostname: headers.host, path: url.split('?')[0], query, body,
    headers: Object.fromEntries(names.split(';').filter((name) => name !== 'x-amz-date' && name !== 'x-amz-security-token').map((name) => [name, headers[name]])),
  }, { signingDate: new Date(date) });
  return signed.headers.authorization;
}

before(async () => {
  upstream = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk)).on('end', () => {
      seen.push({ method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(chunks) });
      response.setHeader('content-type', 'application/json').end('{"output":{"message":{"role":"assistant","content":[{"text":"ok"}]}},"stopReason":"end_turn","usage":{"inputTokens":1,"outputTokens":1,"totalTokens":2}}');
    });
  });
  await new Promise((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const provider = (name, more) => ({
    name, kind: 'bedrock', baseUrl: `http://127.0.0.1:${upstream.address().port}`, region: name, allowPrivateNetwork: true, models: '*',
    auth: { aws: { source: 'static', accessKeyId: { fromEnv: 'AWS_KEY' }, secretAccessKey: { fromEnv: 'AWS_SECRET' }, ...more } },
  });
  weir = await startPair({
    env: { AWS_KEY: 'AKIDWEIR', AWS_SECRET: SECRET, AWS_TOKEN: 'session/token+with=signs-0123' },
    more: () => ({ providers: [provider('eu-central-1'), provider('us-gov-west-1', { sessionToken: { fromEnv: 'AWS_TOKEN' } })] }),
  });
});
after(async () => { await weir?.close(); upstream?.close(); });

// A generator of its own, so that a failure can be repeated.
function random(seed) {
  return (limit) => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed % limit; };
}

test('two hundred requests of random models, queries, headers and bodies', async () => {
  const next = random(4711);
  const pick = (list) => list[next(list.length)];
  const word = (length) => Array.from({ length: 1 + next(length) }, () => pick([...'abcXYZ019-._~'])).join('').replaceAll('..', '.x');
  for (let round = 0; round < 200; round++) {
    const model = pick([`anthropic.${word(8)}-v1:0`, `us.${word(12)}`, `arn:aws:bedrock:eu-central-1:123456789012:inference-profile/${word(9)}`, word(20)]).replaceAll('..', '.x');
    const kind = pick(['converse', 'invoke']);
    const query = pick(['', '', `?${word(4)}=${word(6)}`, `?b=${word(3)}&a=${encodeURIComponent('ü /+=&')}&a=1`, '?flag']);
    const headers = { authorization: `Bearer ${weir.key}`, 'content-type': 'application/json' };
    if (next(2)) headers['x-amzn-bedrock-trace'] = pick(['ENABLED', '  spaces   inside  ']);
    if (next(3) === 0) Object.assign(headers, { 'x-amz-date': '19990101T000000Z', 'x-amz-security-token': 'of the client', 'x-amz-content-sha256': 'x' });
    const body = JSON.stringify({ messages: [{ role: 'user', content: [{ text: `${word(200)} ü 世界 ${'x'.repeat(next(5000))}` }] }] });
    const before = seen.length;
    const response = await fetch(`${weir.api}/model/${encodeURIComponent(`${pick(['eu-central-1', 'us-gov-west-1'])}/${model}`)}/${kind}${query}`, { method: 'POST', headers, body });
    assert.equal(response.status, 200, await response.text());
    const request = seen[before];
    assert.equal(request.body.toString(), body);
    assert.equal(request.headers.authorization.replaceAll(', ', ','), (await resign(request)).replaceAll(', ', ','), `round ${round}: ${request.url}`);
  }
});
