// The official OpenAI client against Weir, native lane: an OpenAI upstream behind it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import OpenAI from 'openai';
import { isPerson, personSchema, redPng, weatherSchema } from './harness/data.mjs';
import { until } from './harness/until.mjs';
import { startPair } from './harness/weir.mjs';

let weir, client, direct;
const user = (content) => [{ role: 'user', content }];
const tool = (name) => ({ type: 'function', function: { name, description: 'Looks something up.', parameters: weatherSchema } });
const collect = async (stream) => {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
};
const textOf = (chunks) => chunks.map((chunk) => chunk.choices[0]?.delta?.content ?? '').join('');

before(async () => {
  weir = await startPair();
  client = new OpenAI({ apiKey: weir.key, baseURL: `${weir.api}/v1`, maxRetries: 0 });
  direct = new OpenAI({ apiKey: 'sk-direct-0123456789', baseURL: `${weir.simulator}/v1`, maxRetries: 0 });
});
after(() => weir?.close());

describe('chat', () => {
  test('an answer is what the upstream says, with its usage in the ledger', async () => {
    const ask = { model: 'gpt-4o', messages: user('Say something about rivers. [[sim tokens=12]]') };
    const { data, response } = await client.chat.completions.create(ask).withResponse();
    const plain = await direct.chat.completions.create(ask);
    assert.equal(data.choices[0].message.content, plain.choices[0].message.content);
    assert.equal(data.choices[0].finish_reason, 'stop');
    assert.deepEqual(data.usage, plain.usage);
    assert.equal(data.usage.completion_tokens, 12);
    assert.ok(data._request_id.startsWith('req_'), 'the upstream request id reaches the client');
    assert.equal(response.headers.get('x-ratelimit-limit-requests'), '10000');

    const { request, attempts } = await weir.settled(response.headers.get('x-weir-request-id'));
    assert.equal(request.status, 200);
    assert.equal(attempts.length, 1);
    assert.equal(attempts[0].outcome, 'ok');
    assert.equal(attempts[0].tokens.input, data.usage.prompt_tokens);
    assert.equal(attempts[0].tokens.output, 12);
    assert.ok(request.costPicos > 0, 'gpt-4o has a price');
  });

  test('system, developer and earlier turns are understood', async () => {
    const data = await client.chat.completions.create({
      model: 'gpt-4o',
      messages: [{ role: 'developer', content: 'Be brief.' }, { role: 'user', content: 'One' }, { role: 'assistant', content: 'Two' }, { role: 'user', content: '[[sim echo="Three ✓ 你好"]]' }],
      temperature: 0.5, user: 'u-1', seed: 7, stop: ['never'], metadata: { a: 'b' }, max_completion_tokens: 50,
    });
    assert.equal(data.choices[0].message.content, 'Three ✓ 你好');
  });

  test('the length limit is kept', async () => {
    const data = await client.chat.completions.create({ model: 'gpt-4o', messages: user('[[sim tokens=50]] go'), max_tokens: 5 });
    assert.equal(data.choices[0].finish_reason, 'length');
    assert.equal(data.usage.completion_tokens, 5);
  });

  test('several choices', async () => {
    const data = await client.chat.completions.create({ model: 'gpt-4o', messages: user('Pick'), n: 3 });
    assert.deepEqual(data.choices.map((choice) => choice.index), [0, 1, 2]);
  });

  test('log probabilities arrive', async () => {
    const data = await client.chat.completions.create({ model: 'gpt-4o', messages: user('[[sim tokens=4]] x'), logprobs: true, top_logprobs: 2 });
    assert.equal(data.choices[0].logprobs.content.length, 4);
    assert.equal(data.choices[0].logprobs.content[0].top_logprobs.length, 2);
    assert.equal(data.choices[0].logprobs.content.map((entry) => entry.token).join(''), data.choices[0].message.content);
  });

  test('an image goes through and is counted', async () => {
    const words = { type: 'text', text: 'What colour? [[sim tokens=3]]' };
    const image = { type: 'image_url', image_url: { url: `data:image/png;base64,${redPng}`, detail: 'low' } };
    const ask = { model: 'gpt-4o', messages: user([words, image]) };
    const data = await client.chat.completions.create(ask);
    assert.deepEqual(data.usage, (await direct.chat.completions.create(ask)).usage);
    assert.equal(data.usage.completion_tokens, 3);
  });

  test('structured output parses into the schema', async () => {
    const data = await client.chat.completions.parse({
      model: 'gpt-4o', messages: user('Invent a person.'),
      response_format: { type: 'json_schema', json_schema: { name: 'person', strict: true, schema: personSchema } },
    });
    assert.ok(isPerson(JSON.parse(data.choices[0].message.content)), data.choices[0].message.content);
  });

  test('a large prompt goes through', async () => {
    const data = await client.chat.completions.create({ model: 'compatible-model', messages: user('river '.repeat(300_000) + '[[sim tokens=1]]') });
    assert.equal(data.usage.completion_tokens, 1);
  });

  test('a model of the openai-compatible kind answers under its public name', async () => {
    const data = await client.chat.completions.create({ model: 'compatible-model', messages: user('[[sim echo="yes"]]'), max_completion_tokens: 9 });
    assert.equal(data.choices[0].message.content, 'yes');
  });
});

describe('stream', () => {
  test('without include_usage no chunk carries usage, and the ledger is exact all the same', async () => {
    const ask = { model: 'gpt-4o', messages: user('Tell me more. [[sim tokens=30]]') };
    const { data, response } = await client.chat.completions.create({ ...ask, stream: true }).withResponse();
    const chunks = await collect(data);
    assert.equal(textOf(chunks), (await client.chat.completions.create(ask)).choices[0].message.content);
    assert.equal(chunks.at(-1).choices[0].finish_reason, 'stop');
    assert.ok(chunks.every((chunk) => chunk.choices.length === 1 && chunk.usage == null));
    const { attempts } = await weir.settled(response.headers.get('x-weir-request-id'));
    assert.equal(attempts[0].tokens.output, 30);
    assert.equal(attempts[0].usageSource, 'reported');
  });

  test('the chunks are those a client sees without Weir', async () => {
    const ask = { model: 'gpt-4o', messages: user('Compare. [[sim tokens=20]]'), stream: true };
    const bare = (chunks) => chunks.map(({ id, created, ...rest }) => rest);
    const [through, plain] = [await collect(await client.chat.completions.create(ask)), await collect(await direct.chat.completions.create(ask))];
    assert.deepEqual(bare(through), bare(plain));
  });

  test('with include_usage the last chunk carries it', async () => {
    const ask = { model: 'gpt-4o', messages: user('Count. [[sim tokens=9]]'), stream: true, stream_options: { include_usage: true } };
    const chunks = await collect(await client.chat.completions.create(ask));
    assert.deepEqual(chunks.at(-1).choices, []);
    assert.equal(chunks.at(-1).usage.completion_tokens, 9);
    assert.ok(chunks.slice(0, -1).every((chunk) => chunk.usage === null));
  });

  test('the helper assembles text and usage from bytes cut anywhere', async () => {
    const stream = client.chat.completions.stream({ model: 'gpt-4o', messages: user('[[sim echo="Grüße, 世界 🌍!" chunk=3]]'), stream_options: { include_usage: true } });
    assert.equal(await stream.finalContent(), 'Grüße, 世界 🌍!');
    assert.ok((await stream.totalUsage()).completion_tokens > 0);
  });

  test('log probabilities are streamed', async () => {
    const chunks = await collect(await client.chat.completions.create({ model: 'gpt-4o', messages: user('[[sim tokens=4]] x'), logprobs: true, top_logprobs: 1, stream: true }));
    assert.equal(chunks.flatMap((chunk) => chunk.choices[0]?.logprobs?.content ?? []).length, 4);
  });
});

describe('tools', () => {
  test('a loop with one call', async () => {
    const asked = user('Use get_weather for Oslo.');
    const first = await client.chat.completions.create({ model: 'gpt-4o', messages: asked, tools: [tool('get_weather')] });
    const [call] = first.choices[0].message.tool_calls;
    assert.equal(first.choices[0].finish_reason, 'tool_calls');
    assert.equal(call.function.name, 'get_weather');
    assert.equal(typeof JSON.parse(call.function.arguments).city, 'string');
    const second = await client.chat.completions.create({
      model: 'gpt-4o', tools: [tool('get_weather')],
      messages: [...asked, first.choices[0].message, { role: 'tool', tool_call_id: call.id, content: '4 degrees' }],
    });
    assert.equal(second.choices[0].finish_reason, 'stop');
    assert.ok(second.choices[0].message.content.length > 0);
  });

  test('parallel calls, whole and streamed', async () => {
    const ask = { model: 'gpt-4o', messages: user('Both. [[sim tool=get_weather,get_time calls=3]]'), tools: [tool('get_weather'), tool('get_time')] };
    const whole = await client.chat.completions.create(ask);
    const streamed = await client.chat.completions.stream(ask).finalMessage();
    const bare = (message) => message.tool_calls.map((call) => [call.function.name, JSON.parse(call.function.arguments)]);
    assert.deepEqual(bare(whole.choices[0].message).map(([name]) => name), ['get_weather', 'get_time', 'get_weather']);
    assert.deepEqual(bare(streamed), bare(whole.choices[0].message));
    assert.equal(new Set(streamed.tool_calls.map((call) => call.id)).size, 3);
  });

  test('parallel_tool_calls: false gives one', async () => {
    const data = await client.chat.completions.create({
      model: 'gpt-4o', messages: user('[[sim tool=get_weather calls=3]]'), tools: [tool('get_weather')], parallel_tool_calls: false, tool_choice: 'required',
    });
    assert.equal(data.choices[0].message.tool_calls.length, 1);
  });

  test('runTools drives the loop to its end', async () => {
    const seen = [];
    const runner = client.chat.completions.runTools({
      model: 'gpt-4o', stream: true, messages: user('Ask get_weather please.'),
      tools: [{ type: 'function', function: { name: 'get_weather', description: 'Weather.', parameters: weatherSchema, parse: JSON.parse, function: (args) => { seen.push(args); return '4 degrees'; } } }],
    });
    assert.ok((await runner.finalContent()).length > 0);
    assert.equal(seen.length, 1);
    assert.equal(typeof seen[0].city, 'string');
  });
});

describe('embeddings and models', () => {
  test('float and base64 are the same vectors', async () => {
    const ask = { model: 'text-embedding-3-small', input: ['river', 'weir'], dimensions: 64 };
    const floats = await client.embeddings.create({ ...ask, encoding_format: 'float' });
    const decoded = await client.embeddings.create(ask);
    assert.equal(floats.data.length, 2);
    assert.equal(floats.data[0].embedding.length, 64);
    decoded.data.forEach((entry, at) => entry.embedding.forEach((value, i) => assert.ok(Math.abs(value - floats.data[at].embedding[i]) < 1e-6)));
    const raw = await client.embeddings.create({ ...ask, encoding_format: 'base64' });
    assert.equal(typeof raw.data[0].embedding, 'string');
    assert.ok(floats.usage.prompt_tokens > 0);
  });

  test('the ledger has the tokens of an embedding', async () => {
    const { data, response } = await client.embeddings.create({ model: 'text-embedding-3-small', input: 'one two three' }).withResponse();
    const { attempts } = await weir.settled(response.headers.get('x-weir-request-id'));
    assert.equal(attempts[0].tokens.input, data.usage.prompt_tokens);
  });

  test('models are listed and retrieved', async () => {
    const ids = [];
    for await (const model of client.models.list()) ids.push(model.id);
    assert.ok(ids.includes('gpt-4o') && ids.includes('cross-chat'), ids.join());
    assert.equal((await client.models.retrieve('gpt-4o')).object, 'model');
    await assert.rejects(client.models.retrieve('no-such-model'), OpenAI.NotFoundError);
  });
});

describe('errors', () => {
  const ask = (content, more) => client.chat.completions.create({ model: 'gpt-4o', messages: user(content), ...more });

  test('a wrong key is an authentication error', async () => {
    const stranger = new OpenAI({ apiKey: 'wk-wrong-0123456789abcdefghijklm', baseURL: `${weir.api}/v1`, maxRetries: 0 });
    await assert.rejects(stranger.chat.completions.create({ model: 'gpt-4o', messages: user('x') }), (error) => {
      assert.ok(error instanceof OpenAI.AuthenticationError);
      assert.equal(error.status, 401);
      assert.equal(error.code, 'invalid_api_key');
      return true;
    });
  });

  test('an unknown model is not found, with a code', async () => {
    await assert.rejects(ask('x', { model: 'gpt-4p' }), (error) => {
      assert.ok(error instanceof OpenAI.NotFoundError);
      assert.equal(error.code, 'model_not_found');
      assert.match(error.message, /gpt-4o/, 'names the nearest model');
      assert.equal(error.requestID, error.headers.get('x-weir-request-id'));
      return true;
    });
  });

  test('a bad body is a bad request, in the upstream words', async () => {
    await assert.rejects(ask('x', { temperature: 9 }), (error) => {
      assert.ok(error instanceof OpenAI.BadRequestError);
      assert.equal(error.param, 'temperature');
      assert.equal(error.code, 'decimal_above_max_value');
      return true;
    });
    await assert.rejects(client.chat.completions.create({ model: 'gpt-4o' }), OpenAI.BadRequestError);
  });

  test('JSON that is none is a bad request', async () => {
    const response = await fetch(`${weir.api}/v1/chat/completions`, { method: 'POST', headers: { authorization: `Bearer ${weir.key}`, 'content-type': 'application/json' }, body: '{"model":"gpt-4o",' });
    assert.equal(response.status, 400);
    assert.equal((await response.json()).error.type, 'invalid_request_error');
  });

  test('a rate limit upstream says when to come back', async () => {
    await assert.rejects(ask('[[sim status=429 retry-after=7]]'), (error) => {
      assert.ok(error instanceof OpenAI.RateLimitError);
      assert.equal(error.headers.get('retry-after'), '7');
      assert.ok(error.requestID, 'has a request id');
      return true;
    });
  });

  test('the client retries a rate limit by itself and succeeds', async () => {
    const patient = new OpenAI({ apiKey: weir.key, baseURL: `${weir.api}/v1`, maxRetries: 2 });
    const before = (await weir.calls()).length;
    const data = await patient.chat.completions.create({ model: 'gpt-4o', messages: user('limited once') });
    assert.ok(data.choices[0].message.content);
    assert.deepEqual((await weir.calls()).slice(before).map((call) => call.status), [429, 200]);
  });

  for (const [what, directive, kind, status] of [
    ['a server error', 'status=500', 'InternalServerError', 500],
    ['an HTML page', 'html=1', 'InternalServerError', 502],
    ['an unreadable answer', 'garbage=1', 'InternalServerError', 502],
  ]) {
    test(`${what} upstream is a server error`, async () => {
      await assert.rejects(ask(`[[sim ${directive}]]`), (error) => {
        assert.ok(error instanceof OpenAI[kind], `${error.name} ${error.status}`);
        assert.equal(error.status, status);
        return true;
      });
    });
  }

  test('a refusal upstream passes on the native lane as it is', async () => {
    await assert.rejects(ask('[[sim status=401]]'), OpenAI.AuthenticationError);
    await assert.rejects(ask('[[sim status=403]]'), OpenAI.PermissionDeniedError);
  });

  for (const directive of ['cut=5', 'end=5', 'error-at=5']) {
    test(`a stream broken by ${directive} raises, and never ends cleanly`, async () => {
      const { data, response } = await ask(`[[sim tokens=40 ${directive} pace=1ms]]`, { stream: true }).withResponse();
      const seen = [];
      await assert.rejects(async () => { for await (const chunk of data) seen.push(chunk); }, OpenAI.APIError);
      assert.ok(seen.length > 0, 'what came before the break was delivered');
      assert.ok(seen.every((chunk) => !chunk.choices[0]?.finish_reason));
      const { request } = await weir.settled(response.headers.get('x-weir-request-id'));
      assert.notEqual(request.outcome, 'ok');
    });
  }
});

describe('more than one target', () => {
  test('the next target answers when the first ones fail', async () => {
    const { data, response } = await client.chat.completions.create({ model: 'second-answers', messages: user('[[x]] hello') }).withResponse();
    assert.ok(data.choices[0].message.content);
    const { attempts } = await weir.settled(response.headers.get('x-weir-request-id'));
    assert.deepEqual(attempts.map((attempt) => attempt.outcome === 'ok'), [false, false, true]);
  });

  test('a stream fails over too, also to another dialect', async () => {
    for (const model of ['second-answers', 'other-dialect-answers']) {
      const chunks = await collect(await client.chat.completions.create({ model, messages: user('hello'), stream: true }));
      assert.equal(chunks.at(-1).choices[0].finish_reason, 'stop', model);
      assert.ok(textOf(chunks).length > 0);
    }
  });
});

describe('aborts', () => {
  test('an abort in the middle of a stream cancels the upstream and settles', async () => {
    const { data, response } = await client.chat.completions.create({ model: 'gpt-4o', messages: user('[[sim tokens=100000 pace=20ms]]'), stream: true }).withResponse();
    let seen = 0;
    for await (const chunk of data) {
      if (chunk.choices[0]?.delta?.content && ++seen === 3) break;
    }
    const call = await until('the simulator to see the client go', () => weir.call(response.headers.get('x-request-id')));
    assert.equal(call.completion, 'aborted');
    const { request, attempts } = await weir.settled(response.headers.get('x-weir-request-id'));
    assert.equal(request.status, 499);
    assert.ok(attempts[0].tokens.output >= 3, 'what was delivered is paid for');
    assert.ok(attempts[0].tokens.output <= call.usage.output_visible + 50);
  });

  test('an abort before the first byte cancels the upstream', async () => {
    const before = (await weir.calls()).length;
    const controller = new AbortController();
    const pending = client.chat.completions.create({ model: 'gpt-4o', messages: user('[[sim silent=1]]') }, { signal: controller.signal });
    const rejected = assert.rejects(pending, OpenAI.APIUserAbortError);
    await until('the call to be under way', async () => (await fetch(`${weir.simulator}/sim/served`).then((r) => r.json())).in_flight > 0);
    controller.abort();
    await rejected;
    const call = await until('the simulator to see the client go', async () => (await weir.calls())[before]);
    assert.equal(call.completion, 'stalled');
  });
});
