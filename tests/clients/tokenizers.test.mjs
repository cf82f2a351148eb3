// Counts of the running program against the npm tokenizers: a clone's program has its vocabularies, and they are right.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { countTokens as otherCl100k } from 'gpt-tokenizer/encoding/cl100k_base';
import { countTokens as otherO200k } from 'gpt-tokenizer/encoding/o200k_base';
import { get_encoding } from 'tiktoken';
import { texts } from '../../eng/tokenizers/texts.mjs';
import { startPair } from './harness/weir.mjs';

// What stands around one user message: its frame and role, and what opens the reply.
const AROUND = 7;
let weir;

before(async () => {
  // A provider without a count endpoint, so that the count is Weir's own.
  weir = await startPair({
    more: (simulator) => ({
      providers: [{ name: 'counted', kind: 'simulated', baseUrl: `${simulator}/v1`, dialects: { 'openai-chat': null } }],
      models: ['gpt-4o', 'gpt-4'].map((model) => ({ name: `own-${model}`, targets: [{ provider: 'counted', model }] })),
    }),
  });
});
after(() => weir?.close());

async function count(model, text, more) {
  const response = await fetch(`${weir.api}/v1/messages/count_tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': weir.key, 'anthropic-version': '2023-06-01' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: text }], ...more }),
  });
  const body = await response.json();
  assert.equal(response.status, 200, JSON.stringify(body));
  // A prompt is never more than an estimate: nobody says what a vendor puts around the text.
  assert.equal(response.headers.get('x-weir-estimated'), 'input_tokens');
  return body.input_tokens;
}

const plain = { disallowedSpecial: new Set() };
for (const [model, name, other] of [['own-gpt-4o', 'o200k_base', otherO200k], ['own-gpt-4', 'cl100k_base', otherCl100k]]) {
  test(`${name}: every text counts as the vendor's tokenizer counts it`, async () => {
    const encoding = get_encoding(name);
    for (const text of texts().filter((t) => t.trim().length > 0)) {
      const tokens = await count(model, text) - AROUND;
      assert.equal(tokens, encoding.encode_ordinary(text).length, JSON.stringify(text));
      // JavaScript's \s has U+FEFF and lacks U+0085, so its ports differ there.
      if (!/[\ufeff\u0085]/.test(text)) assert.equal(tokens, other(text, plain), JSON.stringify(text));
    }
  });
}

test('a large prompt counts at once', async () => {
  const text = 'The quick brown fox jumps over the lazy dog. '.repeat(23_000);
  await count('own-gpt-4o', 'warm');
  const begin = performance.now();
  assert.ok(await count('own-gpt-4o', text) > 200_000);
  assert.ok(performance.now() - begin < 3_000);
});
