// (Over plain HTTP the SDK is told to speak HTTP/1.1; over TLS it negotiates HTTP/2 with Weir by itself.)
// The AWS SDK against Bedrock-shaped and foreign upstreams, and other SDKs over a Bedrock upstream.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import { BedrockRuntimeClient, ConverseCommand, ConverseStreamCommand, ThrottlingException, ValidationException } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import OpenAI from 'openai';
import { isPerson, personSchema, redPng, weatherSchema } from './harness/data.mjs';
import { until } from './harness/until.mjs';
import { startPair } from './harness/weir.mjs';

let weir, bedrock, openai, anthropic;
const CLAUDE = 'eu.anthropic.claude-sonnet-4-5-v1:0';
const user = (...content) => [{ role: 'user', content: content.map((c) => (typeof c === 'string' ? { text: c } : c)) }];
const tool = (name) => ({ toolSpec: { name, description: 'Looks something up.', inputSchema: { json: weatherSchema } } });
const textOf = (message) => message.content.map((block) => block.text ?? '').join('');
const ask = (modelId, text, more) => bedrock.send(new ConverseCommand({ modelId, messages: user(text), ...more }));

/** The events of a stream put together as the whole answer would be. */
async function gather(response) {
  const blocks = [];
  const events = [];
  let stopReason, usage;
  for await (const event of response.stream) {
    events.push(Object.keys(event)[0]);
    const { contentBlockStart: start, contentBlockDelta: delta, messageStop, metadata } = event;
    if (start) blocks[start.contentBlockIndex] = { toolUse: { ...start.start.toolUse, input: '' } };
    if (delta) {
      const block = (blocks[delta.contentBlockIndex] ??= {});
      const { text, toolUse, reasoningContent } = delta.delta;
      if (text !== undefined) block.text = (block.text ?? '') + text;
      if (toolUse) block.toolUse.input += toolUse.input;
      if (reasoningContent) {
        const to = ((block.reasoningContent ??= { reasoningText: { text: '' } }).reasoningText);
        to.text += reasoningContent.text ?? '';
        if (reasoningContent.signature) to.signature = reasoningContent.signature;
      }
    }
    stopReason = messageStop?.stopReason ?? stopReason;
    usage = metadata?.usage ?? usage;
  }
  for (const block of blocks) if (block.toolUse) block.toolUse.input = JSON.parse(block.toolUse.input || '{}');
  return { message: { role: 'assistant', content: blocks }, stopReason, usage, events };
}

before(async () => {
  weir = await startPair({
    env: { AWS_KEY: 'AKIASIMULATOR0000001', AWS_SECRET: 'simulated-secret-access-key-0123456789', SECOND_KEY: 'sk-second-upstream-0123456789' },
    more: (base) => {
      const at = { kind: 'bedrock', baseUrl: base, region: 'eu-central-1', allowPrivateNetwork: true, models: '*' };
      const signed = (accessKeyId) => ({ aws: { source: 'static', accessKeyId, secretAccessKey: { fromEnv: 'AWS_SECRET' } } });
      return {
        providers: [
          { ...at, name: 'bedrock', auth: signed({ fromEnv: 'AWS_KEY' }) },
          { ...at, name: 'bedrock-key', credential: { fromEnv: 'UPSTREAM_KEY' } },
          { ...at, name: 'rotating', credentials: [
            { name: 'unknown', weight: 100, auth: signed({ fromEnv: 'SECOND_KEY' }) }, { name: 'good', auth: signed({ fromEnv: 'AWS_KEY' }) }] },
        ],
        models: [
          { name: 'on-bedrock', targets: [{ provider: 'bedrock', model: CLAUDE }] },
          { name: 'on-bedrock-key', targets: [{ provider: 'bedrock-key', model: CLAUDE }] },
          { name: 'on-rotation', targets: [{ provider: 'rotating', model: CLAUDE }] },
        ],
      };
    },
  });
  bedrock = new BedrockRuntimeClient({ region: 'eu-central-1', endpoint: weir.api, token: { token: weir.key }, authSchemePreference: ['httpBearerAuth'], maxAttempts: 1, requestHandler: new NodeHttpHandler() });
  openai = new OpenAI({ apiKey: weir.key, baseURL: `${weir.api}/v1`, maxRetries: 0 });
  anthropic = new Anthropic({ apiKey: weir.key, baseURL: weir.api, maxRetries: 0 });
});
after(() => weir?.close());

for (const [name, modelId, dialect] of [
  ['a Bedrock upstream, signed', 'on-bedrock', 'bedrock.converse'], ['a Bedrock upstream with an API key', 'on-bedrock-key', 'bedrock.converse'],
  ['a chat upstream', 'cross-claude', 'openai.chat'], ['an Anthropic upstream', 'claude-sonnet', 'anthropic.messages'],
]) {
  describe(`the AWS client over ${name}`, () => {
    test('text, stop reason and usage', async () => {
      const data = await ask(modelId, '[[sim tokens=12]] Rivers?', { system: [{ text: 'Be brief.' }], inferenceConfig: { maxTokens: 500, temperature: 0.5 } });
      assert.equal(data.stopReason, 'end_turn');
      assert.equal(data.output.message.role, 'assistant');
      assert.equal(data.usage.outputTokens, 12);
      assert.equal(data.usage.totalTokens, data.usage.inputTokens + 12);
      const call = (await weir.calls()).at(-1);
      assert.equal(call.dialect, dialect);
      // The ledger is written in groups, a moment after the answer.
      await until('the ledger to hold these tokens', async () => {
        const [newest] = await weir.requests();
        const tokens = newest && (await weir.settled(newest.id)).attempts[0].tokens;
        return tokens?.output === 12 && tokens.input === data.usage.inputTokens;
      });
    });

    test('a stream', async () => {
      const answer = await gather(await bedrock.send(new ConverseStreamCommand({ modelId, messages: user('[[sim echo="Grüße, 世界 🌍!" chunk=3]]') })));
      assert.equal(textOf(answer.message), 'Grüße, 世界 🌍!');
      assert.equal(answer.stopReason, 'end_turn');
      assert.ok(answer.usage.outputTokens > 0);
      assert.deepEqual([answer.events[0], ...answer.events.slice(-2)], ['messageStart', 'messageStop', 'metadata']);
    });

    test('length', async () => {
      assert.equal((await ask(modelId, '[[sim tokens=50]]', { inferenceConfig: { maxTokens: 5 } })).stopReason, 'max_tokens');
    });

    test('a tool loop with parallel calls over two turns, whole and streamed', async () => {
      const toolConfig = { tools: [tool('get_weather'), tool('get_time')] };
      const messages = user('Both. [[sim tool=get_weather,get_time calls=2]]');
      const whole = await bedrock.send(new ConverseCommand({ modelId, messages, toolConfig }));
      const streamed = await gather(await bedrock.send(new ConverseStreamCommand({ modelId, messages, toolConfig })));
      const calls = (message) => message.content.filter((block) => block.toolUse).map((block) => block.toolUse);
      const bare = (message) => calls(message).map((call) => [call.name, call.input]);
      assert.equal(whole.stopReason, 'tool_use');
      assert.equal(streamed.stopReason, 'tool_use');
      assert.deepEqual(bare(whole.output.message).map(([called]) => called), ['get_weather', 'get_time']);
      assert.deepEqual(bare(streamed.message), bare(whole.output.message));
      for (const message of [whole.output.message, streamed.message]) {
        const second = await bedrock.send(new ConverseCommand({
          modelId, toolConfig,
          messages: [...messages, message, { role: 'user', content: calls(message).map((call) => ({ toolResult: { toolUseId: call.toolUseId, content: [{ text: '4' }] } })) }],
        }));
        assert.equal(second.stopReason, 'end_turn');
      }
    });

    test('tool_choice is obeyed', async () => {
      const tools = [tool('get_weather'), tool('get_time')];
      const called = async (toolChoice) => (await ask(modelId, 'Hello', { toolConfig: { tools, toolChoice } })).output.message.content.find((block) => block.toolUse)?.toolUse.name;
      assert.equal(await called({ tool: { name: 'get_time' } }), 'get_time');
      assert.equal(await called({ any: {} }), 'get_weather');
    });

    test('an image', async () => {
      const image = { image: { format: 'png', source: { bytes: Buffer.from(redPng, 'base64') } } };
      const without = await ask(modelId, 'Colour? [[sim tokens=3]]');
      const data = await bedrock.send(new ConverseCommand({ modelId, messages: user('Colour? [[sim tokens=3]]', image) }));
      assert.ok(data.usage.inputTokens > without.usage.inputTokens, 'the upstream saw the picture');
    });

    test('structured output', async () => {
      const data = await ask(modelId, 'Invent a person.', { outputConfig: { textFormat: { type: 'json_schema', structure: { jsonSchema: { name: 'person', schema: JSON.stringify(personSchema) } } } } });
      assert.ok(isPerson(JSON.parse(textOf(data.output.message))), textOf(data.output.message));
    });

    test('errors are the SDK\'s own exceptions', async () => {
      await assert.rejects(ask(modelId, '[[sim status=429]]'), (error) => error instanceof ThrottlingException && error.$metadata.httpStatusCode === 429);
      await assert.rejects(ask(modelId, '[[sim status=400]]'), ValidationException);
      await assert.rejects(ask('no-such-model', 'Hello'), (error) => error.name === 'ResourceNotFoundException');
    });

    for (const directive of ['cut=6', 'end=6', 'error-at=6']) {
      test(`a stream broken by ${directive} raises`, async () => {
        const response = await bedrock.send(new ConverseStreamCommand({ modelId, messages: user(`[[sim tokens=40 ${directive} pace=1ms]]`) }));
        const seen = [];
        await assert.rejects(async () => { for await (const event of response.stream) seen.push(Object.keys(event)[0]); }, (error) => error.name.endsWith('Exception') || /stream/i.test(error.message));
        assert.ok(seen.length > 0 && !seen.includes('messageStop'), seen.join());
      });
    }

    test('an abort cancels the upstream and settles', async () => {
      const gone = new AbortController();
      const response = await bedrock.send(new ConverseStreamCommand({ modelId, messages: user('[[sim tokens=3000 pace=20ms]]') }), { abortSignal: gone.signal });
      let seen = 0;
      try {
        for await (const event of response.stream) if (event.contentBlockDelta && ++seen === 3) gone.abort();
      } catch (error) {
        assert.equal(seen >= 3, true, String(error));
      }
      assert.equal((await until('the simulator to see the client go', async () => (await weir.calls()).at(-1)?.completion === 'aborted' && (await weir.calls()).at(-1))).completion, 'aborted');
    });
  });
}

describe('thinking', () => {
  test('is signed by the model\'s vendor and comes back over two turns', async () => {
    for (const modelId of ['on-bedrock', 'claude-sonnet']) {
      const toolConfig = { tools: [tool('get_weather')] };
      const additionalModelRequestFields = { thinking: { type: 'enabled', budget_tokens: 1024 } };
      const messages = user('[[sim thinking=10 tool=get_weather]] Weather?');
      const ask = (more) => ({ modelId, messages, toolConfig, additionalModelRequestFields, inferenceConfig: { maxTokens: 4000 }, ...more });
      const first = await gather(await bedrock.send(new ConverseStreamCommand(ask())));
      const thought = first.message.content.find((block) => block.reasoningContent);
      assert.ok(thought?.reasoningContent.reasoningText.signature, JSON.stringify(first.message));
      const { toolUseId } = first.message.content.find((block) => block.toolUse).toolUse;
      const second = await bedrock.send(new ConverseCommand(ask({ messages: [...messages, first.message, { role: 'user', content: [{ toolResult: { toolUseId, content: [{ text: 'sun' }] } }] }] })));
      assert.equal(second.stopReason, 'end_turn');
    }
  });
});

describe('a key that is unknown to Weir', () => {
  test('is an exception of AWS', async () => {
    const stranger = new BedrockRuntimeClient({ region: 'eu-central-1', endpoint: weir.api, token: { token: 'wk-nobody-knows-this-key-0123456789' }, authSchemePreference: ['httpBearerAuth'], maxAttempts: 1, requestHandler: new NodeHttpHandler() });
    await assert.rejects(stranger.send(new ConverseCommand({ modelId: 'on-bedrock', messages: user('Hello') })), (error) => error.name === 'UnrecognizedClientException' && error.$metadata.httpStatusCode === 401);
  });
});

describe('several credentials', () => {
  test('a refused one pauses, the call goes on with another, and the record names both', async () => {
    for (let call = 0; call < 3; call++) assert.equal((await ask('on-rotation', '[[sim tokens=2]]')).usage.outputTokens, 2);
    // The refused credential is tried once, and not again while it pauses.
    await until('the three calls to have taken four attempts', async () => {
      const rotated = (await weir.requests()).filter((request) => request.model === 'on-rotation').map((request) => request.attempts);
      return rotated.length === 3 && rotated.reduce((a, b) => a + b, 0) === 4;
    });
    assert.ok(!weir.log.some((line) => line.includes('simulated-secret')), 'no secret in the log');
  });
});

describe('other clients over a Bedrock upstream', () => {
  test('OpenAI: text, stream, tools over two turns, image, error', async () => {
    const data = await openai.chat.completions.create({ model: 'on-bedrock', messages: [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: '[[sim tokens=9]]' }] });
    assert.deepEqual([data.choices[0].finish_reason, data.usage.completion_tokens], ['stop', 9]);
    const stream = await openai.chat.completions.create({ model: 'on-bedrock', stream: true, stream_options: { include_usage: true }, messages: [{ role: 'user', content: '[[sim echo="Grüße, 世界!" chunk=3]]' }] });
    let text = '', usage;
    for await (const chunk of stream) { text += chunk.choices[0]?.delta?.content ?? ''; usage = chunk.usage ?? usage; }
    assert.equal(text, 'Grüße, 世界!');
    assert.ok(usage.completion_tokens > 0);
    const tools = [{ type: 'function', function: { name: 'get_weather', parameters: weatherSchema } }];
    const messages = [{ role: 'user', content: [{ type: 'text', text: '[[sim tool=get_weather]]' }, { type: 'image_url', image_url: { url: `data:image/png;base64,${redPng}` } }] }];
    const first = await openai.chat.completions.stream({ model: 'on-bedrock', messages, tools }).finalMessage();
    const second = await openai.chat.completions.create({ model: 'on-bedrock', tools, messages: [...messages, first, { role: 'tool', tool_call_id: first.tool_calls[0].id, content: '4' }] });
    assert.equal(second.choices[0].finish_reason, 'stop');
    await assert.rejects(openai.chat.completions.create({ model: 'on-bedrock', messages: [{ role: 'user', content: '[[sim status=429]]' }] }), OpenAI.RateLimitError);
    const parsed = await openai.chat.completions.parse({ model: 'on-bedrock', messages: [{ role: 'user', content: 'Invent a person.' }], response_format: { type: 'json_schema', json_schema: { name: 'person', strict: true, schema: personSchema } } });
    assert.ok(isPerson(JSON.parse(parsed.choices[0].message.content)));
  });

  test('Anthropic: stream, signed thinking in a tool loop, broken stream', async () => {
    const tools = [{ name: 'get_weather', input_schema: weatherSchema }];
    const messages = [{ role: 'user', content: '[[sim thinking=10 tool=get_weather]]' }];
    const more = { model: 'on-bedrock', max_tokens: 4000, tools, thinking: { type: 'enabled', budget_tokens: 1024 } };
    const first = await anthropic.messages.stream({ ...more, messages }).finalMessage();
    assert.equal(first.stop_reason, 'tool_use');
    assert.ok(first.content[0].signature.length > 20);
    const use = first.content.find((block) => block.type === 'tool_use');
    const second = await anthropic.messages.create({ ...more, messages: [...messages, { role: 'assistant', content: first.content }, { role: 'user', content: [{ type: 'tool_result', tool_use_id: use.id, content: 'sun' }] }] });
    assert.equal(second.stop_reason, 'end_turn');
    for (const directive of ['cut=6', 'end=6', 'error-at=6']) {
      await assert.rejects(anthropic.messages.stream({ model: 'on-bedrock', max_tokens: 100, messages: [{ role: 'user', content: `[[sim tokens=40 ${directive} pace=1ms]]` }] }).finalMessage(), Anthropic.APIError);
    }
  });
});
