// The older text APIs: OpenAI's completions, Azure's deployment paths, Triton's and Text Generation Inference's own.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import OpenAI, { AzureOpenAI } from 'openai';
import { startPair } from './harness/weir.mjs';

let weir, openai, azure;
const user = (content) => [{ role: 'user', content }];
const post = (path, body) => fetch(`${weir.api}${path}`, {
  method: 'POST', headers: { authorization: `Bearer ${weir.key}`, 'content-type': 'application/json' }, body: JSON.stringify(body),
});

before(async () => {
  weir = await startPair({
    more: (base) => ({
      providers: [
        { name: 'azure', kind: 'azure-openai', baseUrl: base, credential: { fromEnv: 'UPSTREAM_KEY' }, allowPrivateNetwork: true },
        { name: 'triton', kind: 'triton', baseUrl: base, allowPrivateNetwork: true },
        { name: 'tgi', kind: 'tgi', baseUrl: base, allowPrivateNetwork: true, dialects: { 'tgi-generate': null } },
      ],
      models: [
        { name: 'gpt-deployed', targets: [{ provider: 'azure', model: 'my-deployment' }] },
        { name: 'llama-triton', targets: [{ provider: 'triton', model: 'llama' }] },
        { name: 'llama-tgi', targets: [{ provider: 'tgi', model: 'llama' }] },
      ],
    }),
  });
  openai = new OpenAI({ apiKey: weir.key, baseURL: `${weir.api}/v1`, maxRetries: 0 });
  azure = new AzureOpenAI({ apiKey: weir.key, endpoint: weir.api, apiVersion: '2024-06-01', maxRetries: 0 });
});
after(() => weir?.close());

describe('completions', () => {
  for (const model of ['gpt-4o', 'cross-chat', 'llama-triton', 'llama-tgi']) {
    test(`${model}, whole and streamed`, async () => {
      const data = await openai.completions.create({ model, prompt: '[[sim echo="one two three"]]', max_tokens: 50 });
      assert.equal(data.object, 'text_completion');
      assert.equal(data.choices[0].text, 'one two three');
      assert.equal(data.choices[0].finish_reason, 'stop');
      let text = '';
      for await (const chunk of await openai.completions.create({ model, prompt: '[[sim echo="one two three"]]', max_tokens: 50, stream: true })) {
        text += chunk.choices[0]?.text ?? '';
        assert.equal(chunk.usage ?? null, null, 'nobody asked for usage');
      }
      assert.equal(text, 'one two three');
    });
  }

  test('usage, when asked for, and the default cap', async () => {
    const chunks = [];
    for await (const chunk of await openai.completions.create({ model: 'gpt-4o', prompt: '[[sim tokens=40]]', stream: true, stream_options: { include_usage: true } })) chunks.push(chunk);
    assert.equal(chunks.at(-1).usage.completion_tokens, 16);
    assert.equal((await openai.completions.create({ model: 'cross-chat', prompt: '[[sim tokens=40]]' })).choices[0].finish_reason, 'length');
    await assert.rejects(openai.completions.create({ model: 'cross-chat', prompt: 'a', suffix: 'b' }), (error) => error.status === 400 && error.param === 'suffix');
  });
});

describe('Azure deployments', () => {
  test('the Azure client, over Azure and over others', async () => {
    for (const model of ['gpt-deployed', 'gpt-4o', 'cross-chat']) {
      const data = await azure.chat.completions.create({ model, messages: user('[[sim echo="hello"]]') });
      assert.equal(data.choices[0].message.content, 'hello');
      let text = '';
      for await (const chunk of await azure.chat.completions.create({ model, messages: user('[[sim echo="hello"]]'), stream: true })) text += chunk.choices[0]?.delta?.content ?? '';
      assert.equal(text, 'hello');
    }
    assert.equal((await azure.embeddings.create({ model: 'text-embedding-3-small', input: 'x' })).data.length, 1);
  });

  test('an OpenAI client over Azure', async () => {
    const data = await openai.chat.completions.create({ model: 'gpt-deployed', messages: user('[[sim echo="hello"]]') });
    assert.equal(data.choices[0].message.content, 'hello');
    assert.equal((await openai.completions.create({ model: 'gpt-deployed', prompt: '[[sim echo="hello"]]' })).choices[0].text, 'hello');
  });
});

describe('Triton and Text Generation Inference', () => {
  test('chat clients reach them', async () => {
    for (const model of ['llama-triton', 'llama-tgi']) {
      const data = await openai.chat.completions.create({ model, messages: [{ role: 'system', content: 'Be brief.' }, ...user('[[sim echo="hello"]]')] });
      assert.equal(data.choices[0].message.content, 'hello');
      let text = '', finish;
      for await (const chunk of await openai.chat.completions.create({ model, messages: user('[[sim echo="hello you"]]'), stream: true })) {
        text += chunk.choices[0]?.delta?.content ?? '';
        finish = chunk.choices[0]?.finish_reason ?? finish;
      }
      assert.deepEqual([text, finish], ['hello you', 'stop']);
      await assert.rejects(openai.chat.completions.create({ model, messages: user('x'), tools: [{ type: 'function', function: { name: 'f', parameters: {} } }] }), { status: 400 });
    }
  });

  test('their own clients, natively and over others', async () => {
    for (const model of ['llama-triton', 'gpt-4o', 'cross-chat']) {
      const data = await (await post(`/v2/models/${model}/generate`, { text_input: '[[sim echo="hello"]]', max_tokens: 20 })).json();
      assert.equal(data.text_output, 'hello');
      const stream = await (await post(`/v2/models/${model}/generate_stream`, { text_input: '[[sim echo="hello"]]', max_tokens: 20 })).text();
      assert.equal(stream.split('\n\n').filter(Boolean).map((event) => JSON.parse(event.slice(6)).text_output).join(''), 'hello');
    }
    for (const model of ['llama-tgi', 'gpt-4o', 'cross-chat']) {
      const data = await (await post('/generate', { model, inputs: '[[sim echo="hello"]]', parameters: { max_new_tokens: 20, details: true } })).json();
      assert.equal(data.generated_text, 'hello');
      assert.equal(data.details.finish_reason, 'eos_token');
      const stream = await (await post(`/models/${model}/generate_stream`, { inputs: '[[sim echo="hello"]]', parameters: { max_new_tokens: 20 } })).text();
      const events = stream.split('\n\n').filter(Boolean).map((event) => JSON.parse(event.replace(/^data: ?/, '')));
      assert.equal(events.at(-1).generated_text, 'hello');
    }
    const refused = await post('/generate', { inputs: 'x' });
    assert.equal(refused.status, 400);
    assert.match((await refused.json()).error, /model/);
  });
});
