// The official Ollama client against Weir: native, and over upstreams of other dialects.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Ollama } from 'ollama';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { isPerson, personSchema, redPng, weatherSchema } from './harness/data.mjs';
import { startPair } from './harness/weir.mjs';

let weir, ollama, direct, openai, anthropic;
const user = (content, more) => [{ role: 'user', content, ...more }];
const tool = (name) => ({ type: 'function', function: { name, description: 'Looks something up.', parameters: weatherSchema } });
const upstreams = [['native', 'local-llama'], ['over chat', 'cross-claude'], ['over Anthropic', 'cross-chat']];
const collect = async (stream) => {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return parts;
};
const textOf = (parts) => parts.map((part) => part.message?.content ?? part.response ?? '').join('');

before(async () => {
  weir = await startPair({
    more: (base) => ({
      providers: [{ name: 'llama', kind: 'ollama', baseUrl: `${base}/v1`, allowPrivateNetwork: true },
        { name: 'native', kind: 'ollama', baseUrl: base, allowPrivateNetwork: true, dialects: { 'ollama-chat': null, 'ollama-embed': null } }],
      models: [
        { name: 'embed-native', targets: [{ provider: 'native', model: 'all-minilm' }] },
        { name: 'only-native', targets: [{ provider: 'native', model: 'qwen3' }] },
        { name: 'local-llama', targets: [{ provider: 'llama', model: 'qwen3' }] },
        { name: 'embed-chat', targets: [{ provider: 'chat', model: 'text-embedding-3-small' }] },
        { name: 'embed-llama', targets: [{ provider: 'llama', model: 'all-minilm' }] },
      ],
    }),
  });
  ollama = new Ollama({ host: weir.api, headers: { authorization: `Bearer ${weir.key}` } });
  direct = new Ollama({ host: weir.simulator });
  openai = new OpenAI({ apiKey: weir.key, baseURL: `${weir.api}/v1`, maxRetries: 0 });
  anthropic = new Anthropic({ apiKey: weir.key, baseURL: weir.api, maxRetries: 0 });
});
after(() => weir?.close());

for (const [name, model] of upstreams) {
  describe(name, () => {
    test('an answer and its counts', async () => {
      const data = await ollama.chat({ model, messages: [{ role: 'system', content: 'Be brief.' }, ...user('Rivers? [[sim tokens=12]]')] });
      assert.equal(data.message.role, 'assistant');
      assert.ok(data.message.content.length > 0);
      assert.equal(data.done, true);
      assert.equal(data.done_reason, 'stop');
      assert.equal(data.eval_count, 12);
      assert.ok(data.prompt_eval_count > 0);
    });

    test('a stream', async () => {
      const parts = await collect(await ollama.chat({ model, messages: user('[[sim echo="Grüße, 世界 🌍!" chunk=3]]'), stream: true }));
      assert.equal(textOf(parts), 'Grüße, 世界 🌍!');
      assert.deepEqual(parts.map((part) => part.done), [...parts.slice(1).map(() => false), true]);
      assert.ok(parts.at(-1).eval_count > 0);
    });

    test('a tool loop of two turns', async () => {
      const tools = [tool('get_weather'), tool('get_time')];
      const messages = user('Both. [[sim tool=get_weather,get_time calls=2]]');
      for (const stream of [false, true]) {
        const answer = await ollama.chat({ model, messages, tools, stream });
        const calls = stream ? (await collect(answer)).flatMap((part) => part.message.tool_calls ?? []) : answer.message.tool_calls;
        assert.deepEqual(calls.map((call) => call.function.name), ['get_weather', 'get_time']);
        assert.equal(typeof calls[0].function.arguments.city, 'string');
        const bare = calls.map(({ function: { name, arguments: args } }) => ({ function: { name, arguments: args } }));
        const second = await ollama.chat({
          model, tools,
          messages: [...messages, { role: 'assistant', content: '', tool_calls: bare }, { role: 'tool', tool_name: 'get_weather', content: '4' }, { role: 'tool', tool_name: 'get_time', content: '5' }],
        });
        assert.equal(second.message.tool_calls, undefined);
        assert.ok(second.message.content.length > 0);
      }
    });

    test('an image is counted', async () => {
      const ask = (more) => ollama.chat({ model, messages: user('Colour? [[sim tokens=3]]', more) });
      const [without, data] = [await ask(), await ask({ images: [redPng] })];
      assert.ok(data.prompt_eval_count > without.prompt_eval_count);
    });

    test('structured output', async () => {
      const data = await ollama.chat({ model, messages: user('Invent a person.'), format: personSchema });
      assert.ok(isPerson(JSON.parse(data.message.content)), data.message.content);
    });

    test('the cap', async () => {
      const data = await ollama.chat({ model, messages: user('[[sim tokens=50]]'), options: { num_predict: 5 } });
      assert.equal(data.done_reason, 'length');
    });

    test('generate, whole and streamed', async () => {
      const data = await ollama.generate({ model, prompt: '[[sim echo="one two"]]', system: 'Be brief.' });
      assert.equal(data.response, 'one two');
      assert.equal(textOf(await collect(await ollama.generate({ model, prompt: '[[sim echo="one two"]]', stream: true }))), 'one two');
    });

    test('errors keep their status and are text', async () => {
      await assert.rejects(ollama.chat({ model, messages: user('[[sim status=429]]') }), (error) => error.status_code === 429 && typeof error.error === 'string');
    });

    for (const directive of ['cut=6', 'error-at=6']) {
      test(`a stream broken by ${directive} raises or ends without done`, async () => {
        const parts = [];
        await assert.rejects(async () => {
          for await (const part of await ollama.chat({ model, messages: user(`[[sim tokens=40 ${directive} pace=1ms]]`), stream: true })) parts.push(part);
        });
        assert.ok(parts.every((part) => !part.done));
      });
    }
  });
}

test('thinking', async () => {
  const data = await ollama.chat({ model: 'local-llama', messages: user('[[sim thinking=4 tokens=3]]'), think: true });
  assert.ok(data.message.thinking.length > 0);
  const other = await ollama.chat({ model: 'cross-chat', messages: user('[[sim thinking=4 tokens=3]]'), think: true });
  assert.ok(other.message.thinking.length > 0);
});

test('the native answer is the upstream\'s own', async () => {
  const ask = { messages: user('Say something about rivers. [[sim tokens=12]]') };
  const bare = ({ message, eval_count, prompt_eval_count, done_reason, model }) => ({ message, eval_count, prompt_eval_count, done_reason, model });
  assert.deepEqual(bare(await ollama.chat({ model: 'local-llama', ...ask })), bare(await direct.chat({ model: 'qwen3', ...ask })));
});

test('aborting ends the stream', async () => {
  const stream = await ollama.chat({ model: 'local-llama', messages: user('[[sim tokens=500 pace=20ms]]'), stream: true });
  await assert.rejects(async () => { for await (const part of stream) { assert.equal(part.done, false); stream.abort(); } }, { name: 'AbortError' });
});

describe('embeddings', () => {
  for (const model of ['embed-llama', 'embed-chat']) {
    test(model, async () => {
      const data = await ollama.embed({ model, input: ['red apple', 'green apple'] });
      assert.equal(data.embeddings.length, 2);
      assert.equal(typeof data.embeddings[0][0], 'number');
      assert.ok(data.prompt_eval_count > 0);
      const older = await ollama.embeddings({ model, prompt: 'red apple' });
      assert.equal(older.embedding.length, data.embeddings[0].length);
    });
  }

  test('the OpenAI client reaches an Ollama-only model', async () => {
    for (const encoding_format of ['float', 'base64']) {
      const data = await openai.embeddings.create({ model: 'embed-native', input: ['red apple', 'blue'], encoding_format });
      assert.equal(data.data.length, 2);
    }
  });
});

describe('model lists', () => {
  test('tags, show, ps and version', async () => {
    const names = (await ollama.list()).models.map((model) => model.name);
    assert.ok(names.includes('local-llama') && names.includes('gpt-4o'));
    assert.deepEqual((await ollama.show({ model: 'gpt-4o' })).capabilities, ['completion', 'tools']);
    assert.deepEqual((await ollama.ps()).models, []);
    assert.match((await ollama.version()).version, /^\d+\.\d+/);
    await assert.rejects(ollama.show({ model: 'nothing-like-it' }), { status_code: 404 });
    await assert.rejects(new Ollama({ host: weir.api }).list(), { status_code: 401 });
  });
});

test('other clients reach an Ollama-only upstream', async () => {
  const chat = await openai.chat.completions.create({ model: 'only-native', messages: user('[[sim echo="hello"]]') });
  assert.equal(chat.choices[0].message.content, 'hello');
  const message = await anthropic.messages.create({ model: 'only-native', max_tokens: 100, messages: user('[[sim echo="hello"]]') });
  assert.equal(message.content[0].text, 'hello');
  const tools = [tool('get_weather')];
  const first = (await openai.chat.completions.create({ model: 'only-native', tools, messages: user('get_weather please [[sim tool=get_weather]]') })).choices[0];
  assert.equal(first.finish_reason, 'tool_calls');
  const second = await openai.chat.completions.create({
    model: 'only-native', tools,
    messages: [...user('get_weather please [[sim tool=get_weather]]'), first.message, { role: 'tool', tool_call_id: first.message.tool_calls[0].id, content: '4' }],
  });
  assert.equal(second.choices[0].finish_reason, 'stop');
});
