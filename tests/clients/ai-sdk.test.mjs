// The AI SDK with its OpenAI, Anthropic, Google, Bedrock, Cohere and Mistral providers against Weir, each over its own dialect and over two others.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createAmazonBedrock } from '@ai-sdk/amazon-bedrock';
import { createAnthropic } from '@ai-sdk/anthropic';
import { createCohere } from '@ai-sdk/cohere';
import { createGoogle } from '@ai-sdk/google';
import { createMistral } from '@ai-sdk/mistral';
import { createOpenAI } from '@ai-sdk/openai';
import { APICallError, embedMany, generateText, jsonSchema, Output, stepCountIs, streamText, tool } from 'ai';
import { isPerson, personSchema, redPng, weatherSchema } from './harness/data.mjs';
import { startPair } from './harness/weir.mjs';

globalThis.AI_SDK_LOG_WARNINGS = false;

let weir;
const models = {
  'OpenAI provider, OpenAI upstream': () => openai.chat('gpt-4o'),
  'OpenAI provider, Anthropic upstream': () => openai.chat('cross-chat'),
  'OpenAI provider, Responses, OpenAI upstream': () => openai.responses('gpt-5'),
  'OpenAI provider, Responses, chat upstream': () => openai.responses('cross-claude'),
  'OpenAI provider, Responses, Anthropic upstream': () => openai.responses('cross-chat'),
  'Anthropic provider, Anthropic upstream': () => anthropic('claude-sonnet'),
  'Anthropic provider, OpenAI upstream': () => anthropic('cross-claude'),
  'Anthropic provider, Gemini upstream': () => anthropic('gemini-flash'),
  'Google provider, Gemini upstream': () => google('gemini-2.5-flash'),
  'Google provider, OpenAI upstream': () => google('gemini-over-chat'),
  'Google provider, Anthropic upstream': () => google('gemini-over-claude'),
  'Bedrock provider, Bedrock upstream': () => bedrock('bedrock-claude'),
  'Bedrock provider, OpenAI upstream': () => bedrock('cross-claude'),
  'Bedrock provider, Anthropic upstream': () => bedrock('claude-sonnet'),
  'Cohere provider, Cohere upstream': () => cohere('command-a'),
  'Cohere provider, OpenAI upstream': () => cohere('cross-claude'),
  'Cohere provider, Anthropic upstream': () => cohere('cross-chat'),
  'Mistral provider, compatible upstream': () => mistral('compatible-model'),
  'Mistral provider, Anthropic upstream': () => mistral('cross-chat'),
  'Mistral provider, Gemini upstream': () => mistral('gemini-flash'),
};
let openai, anthropic, google, bedrock, cohere, mistral;

before(async () => {
  weir = await startPair({
    more: (base) => {
      const at = { credential: { fromEnv: 'UPSTREAM_KEY' }, allowPrivateNetwork: true };
      return {
        providers: [
          { ...at, name: 'bedrock', kind: 'bedrock', baseUrl: base, region: 'eu-central-1', models: '*' },
          { ...at, name: 'cohere', kind: 'cohere', baseUrl: `${base}/v2` },
        ],
        models: [
          { name: 'bedrock-claude', targets: [{ provider: 'bedrock', model: 'eu.anthropic.claude-sonnet-4-5-v1:0' }] },
          { name: 'command-a', targets: [{ provider: 'cohere', model: 'command-a-03-2025' }] },
        ],
      };
    },
  });
  openai = createOpenAI({ apiKey: weir.key, baseURL: `${weir.api}/v1` });
  anthropic = createAnthropic({ apiKey: weir.key, baseURL: `${weir.api}/v1` });
  google = createGoogle({ apiKey: weir.key, baseURL: `${weir.api}/v1beta` });
  bedrock = createAmazonBedrock({ apiKey: weir.key, region: 'eu-central-1', baseURL: weir.api });
  cohere = createCohere({ apiKey: weir.key, baseURL: `${weir.api}/v2` });
  mistral = createMistral({ apiKey: weir.key, baseURL: `${weir.api}/v1` });
});
after(() => weir?.close());

for (const [name, model] of Object.entries(models)) {
  describe(name, () => {
    // The simulated OpenAI stores nothing; over the others Weir keeps what the provider names in the next turn.
    const providerOptions = name.endsWith('Responses, OpenAI upstream') ? { openai: { store: false } } : undefined;
    const call = (more) => ({ model: model(), maxRetries: 0, maxOutputTokens: 1000, providerOptions, ...more });
    const weather = (seen) => tool({
      description: 'Weather of a city.', inputSchema: jsonSchema(weatherSchema),
      execute: async (input) => { seen.push(input); return { degrees: 4 }; },
    });

    test('generateText', async () => {
      const result = await generateText(call({ instructions: 'Be brief.', prompt: 'Rivers? [[sim tokens=12]]' }));
      assert.ok(result.text.length > 0);
      assert.equal(result.finishReason, 'stop');
      assert.equal(result.usage.outputTokens, 12);
      assert.ok(result.usage.inputTokens > 0);
    });

    test('streamText', async () => {
      const result = streamText(call({ prompt: '[[sim echo="Grüße, 世界 🌍!" chunk=3]]', onError: ({ error }) => { throw error; } }));
      let text = '';
      for await (const part of result.textStream) text += part;
      assert.equal(text, 'Grüße, 世界 🌍!');
      assert.equal(await result.finishReason, 'stop');
      // Mistral sends usage in every stream, so its client does not ask; OpenAI's path, which is the same, has it only for those who do.
      if (!name.startsWith('Mistral')) assert.ok((await result.usage).outputTokens > 0);
    });

    test('a tool loop, whole', async () => {
      const seen = [];
      const result = await generateText(call({ prompt: 'Use get_weather. [[sim tool=get_weather calls=2]]', tools: { get_weather: weather(seen) }, stopWhen: stepCountIs(3) }));
      assert.equal(seen.length, 2);
      assert.equal(typeof seen[0].city, 'string');
      assert.equal(result.steps.length, 2);
      assert.equal(result.steps[0].finishReason, 'tool-calls');
      assert.equal(result.finishReason, 'stop');
    });

    test('a tool loop, streamed', async () => {
      const seen = [];
      const result = streamText(call({ prompt: 'Use get_weather.', tools: { get_weather: weather(seen) }, stopWhen: stepCountIs(3) }));
      await result.consumeStream();
      assert.equal(seen.length, 1);
      assert.equal((await result.steps).length, 2);
      assert.ok((await result.text).length > 0);
    });

    test('structured output', async () => {
      const result = await generateText(call({ prompt: 'Invent a person.', output: Output.object({ schema: jsonSchema(personSchema) }) }));
      assert.ok(isPerson(result.output), JSON.stringify(result.output));
      const streamed = streamText(call({ prompt: 'Invent a person.', output: Output.object({ schema: jsonSchema(personSchema) }) }));
      await streamed.consumeStream();
      assert.ok(isPerson(await streamed.output));
    });

    test('an image', async () => {
      const message = { role: 'user', content: [{ type: 'text', text: 'Colour? [[sim tokens=3]]' }, { type: 'file', mediaType: 'image/png', data: Buffer.from(redPng, 'base64') }] };
      assert.equal((await generateText(call({ messages: [message] }))).usage.outputTokens, 3);
    });

    test('errors keep their status, and say whether to try again', async () => {
      for (const [directive, status, retry] of [['status=429', 429, true], ['status=400', 400, false], ['status=500', 500, true]]) {
        await assert.rejects(generateText(call({ prompt: `[[sim ${directive}]]` })), (error) => {
          assert.ok(APICallError.isInstance(error), error.name);
          assert.equal(error.statusCode, status);
          assert.equal(error.isRetryable, retry);
          return true;
        });
      }
    });

    test('a stream that breaks off is an error', async () => {
      let failure;
      const result = streamText(call({ prompt: '[[sim tokens=40 cut=6 pace=1ms]]', onError: ({ error }) => { failure = error; } }));
      const parts = [];
      for await (const part of result.fullStream) parts.push(part.type);
      assert.ok(failure, `no error among: ${[...new Set(parts)].join()}`);
      assert.ok(parts.includes('text-delta'));
    });
  });
}

describe('more', () => {
  test('embeddings', async () => {
    const { embeddings, usage } = await embedMany({ model: openai.embedding('text-embedding-3-small'), values: ['river', 'weir'], maxRetries: 0 });
    assert.equal(embeddings.length, 2);
    assert.equal(embeddings[0].length, 1536);
    assert.ok(usage.tokens > 0);
  });

  test('Anthropic reasoning over two turns, native', async () => {
    const options = { anthropic: { thinking: { type: 'enabled', budgetTokens: 1024 } } };
    const first = await generateText({ model: anthropic('claude-sonnet'), maxRetries: 0, prompt: 'Think. [[sim thinking=10 tokens=5]]', providerOptions: options });
    assert.ok(first.reasoningText.length > 0);
    const second = await generateText({ model: anthropic('claude-sonnet'), maxRetries: 0, providerOptions: options,
      messages: [{ role: 'user', content: 'Think.' }, ...first.responseMessages ?? first.response.messages, { role: 'user', content: 'And? [[sim tokens=2]]' }] });
    assert.equal(second.finishReason, 'stop');
  });

  test('an abort in the middle of a stream settles', async () => {
    const controller = new AbortController();
    const result = streamText({ model: openai.chat('gpt-4o'), maxRetries: 0, prompt: '[[sim tokens=5000 pace=20ms]]', abortSignal: controller.signal, onError: () => {} });
    let seen = 0;
    for await (const part of result.fullStream) {
      if (part.type === 'text-delta' && ++seen === 3) controller.abort();
    }
    assert.ok(seen >= 3);
    const [last] = await weir.requests();
    const { request } = await weir.settled(last.id);
    assert.equal(request.status, 499);
  });
});
