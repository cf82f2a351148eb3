// The official Cohere client against Weir: native, and over upstreams of other dialects.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { CohereClientV2, CohereError } from 'cohere-ai';
import OpenAI from 'openai';
import { isPerson, personSchema, redPng, weatherSchema } from './harness/data.mjs';
import { startPair } from './harness/weir.mjs';

let weir, cohere, openai;
const once = { maxRetries: 0 };
const user = (content) => [{ role: 'user', content }];
const tool = (name) => ({ type: 'function', function: { name, description: 'Looks something up.', parameters: weatherSchema } });
const upstreams = [['native', 'command-a'], ['over chat', 'cross-claude'], ['over Anthropic', 'cross-chat']];
const collect = async (stream) => {
  const events = [];
  for await (const event of stream) events.push(event);
  return events;
};
const textOf = (events) => events.filter((e) => e.type === 'content-delta').map((e) => e.delta.message.content.text ?? '').join('');

before(async () => {
  weir = await startPair({
    more: (base) => ({
      providers: [
        { name: 'cohere', kind: 'cohere', baseUrl: `${base}/v2`, credential: { fromEnv: 'UPSTREAM_KEY' }, allowPrivateNetwork: true },
        { name: 'jina', kind: 'jina', baseUrl: `${base}/v1`, credential: { fromEnv: 'UPSTREAM_KEY' }, allowPrivateNetwork: true },
      ],
      models: [
        { name: 'command-a', targets: [{ provider: 'cohere', model: 'command-a-03-2025' }] },
        { name: 'embed-cohere', targets: [{ provider: 'cohere', model: 'embed-v4.0' }] },
        { name: 'embed-chat', targets: [{ provider: 'chat', model: 'text-embedding-3-small' }] },
        { name: 'rank-cohere', targets: [{ provider: 'cohere', model: 'rerank-v3.5' }] },
        { name: 'rank-jina', targets: [{ provider: 'jina', model: 'jina-reranker-v2' }] },
      ],
    }),
  });
  cohere = new CohereClientV2({ token: weir.key, environment: weir.api });
  openai = new OpenAI({ apiKey: weir.key, baseURL: `${weir.api}/v1`, maxRetries: 0 });
});
after(() => weir?.close());

for (const [name, model] of upstreams) {
  describe(name, () => {
    test('an answer and its usage', async () => {
      const data = await cohere.chat({ model, messages: [{ role: 'system', content: 'Be brief.' }, ...user('Rivers? [[sim tokens=12]]')] }, once);
      assert.equal(data.finishReason, 'COMPLETE');
      assert.ok(data.message.content[0].text.length > 0);
      assert.equal(data.usage.billedUnits.outputTokens, 12);
      assert.ok(data.usage.billedUnits.inputTokens > 0);
    });

    test('a stream', async () => {
      const events = await collect(await cohere.chatStream({ model, messages: user('[[sim echo="Grüße, 世界 🌍!" chunk=3]]') }, once));
      assert.equal(textOf(events), 'Grüße, 世界 🌍!');
      assert.equal(events[0].type, 'message-start');
      assert.equal(events.at(-1).type, 'message-end');
      assert.equal(events.at(-1).delta.finishReason, 'COMPLETE');
      assert.ok(events.at(-1).delta.usage.billedUnits.outputTokens > 0);
    });

    test('a tool loop of two turns, whole and streamed', async () => {
      const tools = [tool('get_weather'), tool('get_time')];
      const messages = user('Both. [[sim tool=get_weather,get_time calls=2]]');
      const data = await cohere.chat({ model, messages, tools }, once);
      assert.equal(data.finishReason, 'TOOL_CALL');
      const calls = data.message.toolCalls;
      assert.deepEqual(calls.map((call) => call.function.name), ['get_weather', 'get_time']);
      const events = await collect(await cohere.chatStream({ model, messages, tools }, once));
      const streamed = events.filter((e) => e.type === 'tool-call-delta' && e.index === 1).map((e) => e.delta.message.toolCalls.function.arguments).join('');
      assert.deepEqual(JSON.parse(streamed), JSON.parse(calls[1].function.arguments));
      const second = await cohere.chat({
        model, tools,
        messages: [...messages, { role: 'assistant', toolCalls: calls, toolPlan: data.message.toolPlan }, ...calls.map((call) => ({ role: 'tool', toolCallId: call.id, content: '4' }))],
      }, once);
      assert.equal(second.finishReason, 'COMPLETE');
    });

    test('an image', async () => {
      const words = { type: 'text', text: 'Colour? [[sim tokens=3]]' };
      const without = await cohere.chat({ model, messages: user([words]) }, once);
      const data = await cohere.chat({ model, messages: user([words, { type: 'image_url', imageUrl: { url: `data:image/png;base64,${redPng}` } }]) }, once);
      assert.ok(data.usage.billedUnits.inputTokens > without.usage.billedUnits.inputTokens);
    });

    test('structured output', async () => {
      const data = await cohere.chat({ model, messages: user('Invent a person.'), responseFormat: { type: 'json_object', jsonSchema: personSchema } }, once);
      assert.ok(isPerson(JSON.parse(data.message.content[0].text)), data.message.content[0].text);
    });

    test('the cap, and documents', async () => {
      assert.equal((await cohere.chat({ model, messages: user('[[sim tokens=50]]'), maxTokens: 5 }, once)).finishReason, 'MAX_TOKENS');
      const bare = await cohere.chat({ model, messages: user('x [[sim tokens=2]]') }, once);
      const data = await cohere.chat({ model, messages: user('x [[sim tokens=2]]'), documents: [{ data: { text: 'something longer to read' } }] }, once);
      assert.ok(data.usage.billedUnits.inputTokens > bare.usage.billedUnits.inputTokens);
    });

    test('errors keep their status and have a message', async () => {
      await assert.rejects(cohere.chat({ model, messages: user('[[sim status=429]]') }, once), (error) => error instanceof CohereError && error.statusCode === 429);
      await assert.rejects(cohere.chat({ model, messages: user('[[sim status=400]]') }, once), (error) => error.statusCode === 400 && error.body.message.length > 0);
    });

    test('a broken stream never looks complete', async () => {
      const events = [];
      try {
        for await (const event of await cohere.chatStream({ model, messages: user('[[sim tokens=40 cut=8 pace=1ms]]') }, once)) events.push(event);
      } catch {
        return;
      }
      assert.notEqual(events.at(-1).delta?.finishReason, 'COMPLETE');
    });
  });
}

test('thinking', async () => {
  for (const model of ['command-a', 'cross-chat']) {
    const data = await cohere.chat({ model, messages: user('[[sim thinking=4 tokens=3]]'), thinking: { type: 'enabled', tokenBudget: 2000 }, maxTokens: 4000 }, once);
    assert.deepEqual(data.message.content.map((part) => part.type), ['thinking', 'text']);
  }
});

test('other clients reach Cohere', async () => {
  const stream = openai.chat.completions.stream({ model: 'command-a', messages: user('Weather. [[sim tool=get_weather]]'), tools: [tool('get_weather')] });
  const message = (await stream.finalChatCompletion()).choices[0].message;
  assert.equal(message.tool_calls[0].function.name, 'get_weather');
  const vectors = await openai.embeddings.create({ model: 'embed-cohere', input: ['red apple', 'blue'] });
  assert.equal(vectors.data.length, 2);
  assert.ok(vectors.usage.prompt_tokens > 0);
});

describe('embeddings and rerank', () => {
  for (const model of ['embed-cohere', 'embed-chat']) {
    test(model, async () => {
      const data = await cohere.embed({ model, texts: ['red apple', 'green apple'], inputType: 'search_document', embeddingTypes: ['float'] }, once);
      assert.equal(data.embeddings.float.length, 2);
      assert.ok(data.meta.billedUnits.inputTokens > 0);
    });
  }

  for (const model of ['rank-cohere', 'rank-jina']) {
    test(model, async () => {
      const documents = ['a blue sky', 'the red apple', 'nothing'];
      const data = await cohere.rerank({ model, query: 'red apple', documents, topN: 2 }, once);
      assert.deepEqual([data.results.length, data.results[0].index], [2, 1]);
      const response = await fetch(`${weir.api}/v1/rerank`, {
        method: 'POST', headers: { authorization: `Bearer ${weir.key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model, query: 'red apple', documents, top_n: 1 }),
      });
      const { results } = await response.json();
      assert.deepEqual([response.status, results.length, results[0].index], [200, 1, 1]);
      const { request } = await weir.settled(response.headers.get('x-weir-request-id'));
      assert.equal(request.operation, 'rerank');
    });
  }
});
