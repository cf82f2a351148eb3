// The official Anthropic client against Weir, native lane: an Anthropic upstream behind it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import { isPerson, personSchema, redPng, weatherSchema } from './harness/data.mjs';
import { until } from './harness/until.mjs';
import { startPair } from './harness/weir.mjs';

let weir, client, direct;
const user = (content) => [{ role: 'user', content }];
const tool = (name) => ({ name, description: 'Looks something up.', input_schema: weatherSchema });
const ask = (content, more) => ({ model: 'claude-sonnet', max_tokens: 4000, messages: user(content), ...more });
const collect = async (stream) => {
  const events = [];
  for await (const event of stream) events.push(event);
  return events;
};
const plainly = (body) => ({ ...body, model: 'claude-sonnet-4-5' });
const withoutId = ({ id, _request_id, ...rest }) => rest;

before(async () => {
  weir = await startPair();
  client = new Anthropic({ apiKey: weir.key, baseURL: weir.api, maxRetries: 0 });
  direct = new Anthropic({ apiKey: 'sk-direct-0123456789', baseURL: weir.simulator, maxRetries: 0 });
});
after(() => weir?.close());

describe('messages', () => {
  test('an answer is what the upstream says, with its usage in the ledger', async () => {
    const body = ask('Say something about rivers. [[sim tokens=12]]', { system: 'Be brief.', temperature: 0.3, metadata: { user_id: 'u-1' } });
    const { data, response } = await client.messages.create(body).withResponse();
    assert.deepEqual(withoutId(data), withoutId(await direct.messages.create(plainly(body))));
    assert.equal(data.stop_reason, 'end_turn');
    assert.equal(data.usage.output_tokens, 12);
    assert.ok(data._request_id?.startsWith('req_'));
    const { request, attempts } = await weir.settled(response.headers.get('x-weir-request-id'));
    assert.equal(attempts[0].tokens.input, data.usage.input_tokens);
    assert.equal(attempts[0].tokens.output, 12);
    assert.ok(request.costPicos > 0);
  });

  test('the key may come as a bearer token', async () => {
    const bearer = new Anthropic({ apiKey: null, authToken: weir.key, baseURL: weir.api, maxRetries: 0 });
    assert.equal((await bearer.messages.create(ask('[[sim echo="yes"]]'))).content[0].text, 'yes');
  });

  test('the length limit is kept', async () => {
    const data = await client.messages.create(ask('[[sim tokens=50]]', { max_tokens: 5 }));
    assert.equal(data.stop_reason, 'max_tokens');
  });

  test('an image goes through and is counted', async () => {
    const body = ask([{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: redPng } }, { type: 'text', text: 'Colour? [[sim tokens=3]]' }]);
    const data = await client.messages.create(body);
    assert.deepEqual(data.usage, (await direct.messages.create(plainly(body))).usage);
  });

  test('structured output parses into the schema', async () => {
    const data = await client.messages.create(ask('Invent a person.', { output_config: { format: { type: 'json_schema', schema: personSchema } } }));
    const text = data.content.find((block) => block.type === 'text').text;
    assert.ok(isPerson(JSON.parse(text)), text);
  });

  test('prompt caching is reported and priced apart', async () => {
    const system = [{ type: 'text', text: 'rules '.repeat(2000), cache_control: { type: 'ephemeral' } }];
    const first = await client.messages.create(ask('One', { system }));
    assert.ok(first.usage.cache_creation_input_tokens > 1000);
    const { data, response } = await client.messages.create(ask('Two', { system })).withResponse();
    assert.ok(data.usage.cache_read_input_tokens > 1000);
    const { attempts } = await weir.settled(response.headers.get('x-weir-request-id'));
    assert.equal(attempts[0].tokens.cacheRead, data.usage.cache_read_input_tokens);
  });
});

describe('stream', () => {
  test('the events are those a client sees without Weir', async () => {
    const body = ask('Compare. [[sim tokens=20]]', { stream: true });
    const bare = (events) => events.map((event) => (event.message ? { ...event, message: withoutId(event.message) } : event));
    const through = await collect(await client.messages.create(body));
    assert.deepEqual(bare(through), bare(await collect(await direct.messages.create(plainly(body)))));
    assert.equal(through.at(-1).type, 'message_stop');
  });

  test('the helper assembles the message from bytes cut anywhere', async () => {
    const message = await client.messages.stream(ask('[[sim echo="Grüße, 世界 🌍!" chunk=3]]')).finalMessage();
    assert.equal(message.content[0].text, 'Grüße, 世界 🌍!');
    assert.equal(message.stop_reason, 'end_turn');
  });

  test('the ledger has the usage of a stream', async () => {
    const { data, response } = await client.messages.create(ask('[[sim tokens=30]]', { stream: true })).withResponse();
    await collect(data);
    const { attempts } = await weir.settled(response.headers.get('x-weir-request-id'));
    assert.equal(attempts[0].tokens.output, 30);
    assert.equal(attempts[0].usageSource, 'reported');
  });
});

describe('tools', () => {
  test('a loop with one call', async () => {
    const tools = [tool('get_weather')];
    const first = await client.messages.create(ask('Use get_weather for Oslo.', { tools }));
    assert.equal(first.stop_reason, 'tool_use');
    const call = first.content.find((block) => block.type === 'tool_use');
    assert.equal(typeof call.input.city, 'string');
    const second = await client.messages.create(ask('', {
      tools,
      messages: [...user('Use get_weather for Oslo.'), { role: 'assistant', content: first.content }, { role: 'user', content: [{ type: 'tool_result', tool_use_id: call.id, content: '4 degrees' }] }],
    }));
    assert.equal(second.stop_reason, 'end_turn');
  });

  test('parallel calls, whole and streamed', async () => {
    const body = ask('Both. [[sim tool=get_weather,get_time calls=3]]', { tools: [tool('get_weather'), tool('get_time')] });
    const bare = (message) => message.content.filter((block) => block.type === 'tool_use').map((block) => [block.name, block.input]);
    const whole = await client.messages.create(body);
    assert.deepEqual(bare(whole).map(([name]) => name), ['get_weather', 'get_time', 'get_weather']);
    assert.deepEqual(bare(await client.messages.stream(body).finalMessage()), bare(whole));
  });
});

describe('thinking', () => {
  test('signed blocks survive two turns, with a tool call between', async () => {
    const tools = [tool('get_weather')];
    const thinking = { type: 'enabled', budget_tokens: 2000 };
    const first = await client.messages.stream(ask('Think, then get_weather.', { thinking, tools })).finalMessage();
    const thought = first.content.find((block) => block.type === 'thinking');
    assert.ok(thought.thinking.length > 0 && thought.signature.length > 0);
    const call = first.content.find((block) => block.type === 'tool_use');
    const messages = [
      ...user('Think, then get_weather.'), { role: 'assistant', content: first.content },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: call.id, content: '4 degrees' }] },
    ];
    const second = await client.messages.create(ask('', { thinking, tools, messages }));
    assert.equal(second.stop_reason, 'end_turn');

    // The same conversation with a forged signature is refused: so the real one arrived intact.
    const forged = structuredClone(messages);
    forged[1].content.find((block) => block.type === 'thinking').signature = Buffer.from('forged').toString('base64');
    await assert.rejects(client.messages.create(ask('', { thinking, tools, messages: forged })), Anthropic.BadRequestError);
  });
});

describe('counting and models', () => {
  test('tokens are counted by the upstream', async () => {
    const body = { model: 'claude-sonnet', messages: user('Count these words please.'), system: 'Be brief.' };
    const counted = await client.messages.countTokens(body);
    assert.deepEqual(counted, await direct.messages.countTokens(plainly(body)));
    assert.ok(counted.input_tokens > 0);
  });

  test('models are listed in pages and retrieved', async () => {
    const ids = [];
    for await (const model of client.models.list({ limit: 2 })) ids.push(model.id);
    assert.ok(ids.includes('claude-sonnet') && ids.includes('cross-claude'), ids.join());
    assert.equal(new Set(ids).size, ids.length);
    assert.equal((await client.models.retrieve('claude-sonnet')).type, 'model');
    await assert.rejects(client.models.retrieve('no-such-model'), Anthropic.NotFoundError);
  });
});

describe('errors', () => {
  const refused = (kind, type, more) => (error) => {
    assert.ok(error instanceof kind, `${error.name}: ${error.message}`);
    assert.equal(error.error?.type, 'error', JSON.stringify(error.error));
    assert.equal(error.error.error.type, type);
    more?.(error);
    return true;
  };

  test('a wrong key is an authentication error', async () => {
    const stranger = new Anthropic({ apiKey: 'wk-wrong-0123456789abcdefghijklm', baseURL: weir.api, maxRetries: 0 });
    await assert.rejects(stranger.messages.create(ask('x')), refused(Anthropic.AuthenticationError, 'authentication_error'));
  });

  test('an unknown model is not found', async () => {
    await assert.rejects(client.messages.create(ask('x', { model: 'claude-sonet' })), refused(Anthropic.NotFoundError, 'not_found_error'));
  });

  test('a bad body is a bad request, in the upstream words', async () => {
    await assert.rejects(client.messages.create(ask('x', { temperature: 9 })), refused(Anthropic.BadRequestError, 'invalid_request_error', (error) => assert.match(error.message, /temperature/)));
    await assert.rejects(client.messages.create({ model: 'claude-sonnet', messages: user('x') }), refused(Anthropic.BadRequestError, 'invalid_request_error', (error) => assert.match(error.message, /max_tokens/)));
  });

  test('a rate limit upstream says when to come back', async () => {
    await assert.rejects(client.messages.create(ask('[[sim status=429 retry-after=7]]')), refused(Anthropic.RateLimitError, 'rate_limit_error', (error) => {
      assert.equal(error.headers.get('retry-after'), '7');
      assert.ok(error.requestID);
    }));
  });

  test('the client retries a rate limit by itself and succeeds', async () => {
    const patient = new Anthropic({ apiKey: weir.key, baseURL: weir.api, maxRetries: 2 });
    const before = (await weir.calls()).length;
    assert.ok((await patient.messages.create(ask('limited once'))).content[0].text);
    assert.deepEqual((await weir.calls()).slice(before).map((call) => call.status), [429, 200]);
  });

  for (const [what, directive, status, type] of [
    ['a server error', 'status=500', 500, 'api_error'],
    ['an overload', 'status=529', 529, 'overloaded_error'],
    ['an HTML page', 'html=1', 502, 'api_error'],
    ['an unreadable answer', 'garbage=1', 502, 'api_error'],
  ]) {
    test(`${what} upstream is a server error`, async () => {
      await assert.rejects(client.messages.create(ask(`[[sim ${directive}]]`)), refused(Anthropic.InternalServerError, type, (error) => assert.equal(error.status, status)));
    });
  }

  test('a refusal upstream passes on the native lane as it is', async () => {
    await assert.rejects(client.messages.create(ask('[[sim status=401]]')), refused(Anthropic.AuthenticationError, 'authentication_error'));
    await assert.rejects(client.messages.create(ask('[[sim status=403]]')), refused(Anthropic.PermissionDeniedError, 'permission_error'));
  });

  for (const directive of ['cut=6', 'end=6', 'error-at=6']) {
    test(`a stream broken by ${directive} raises, and never ends cleanly`, async () => {
      const { data, response } = await client.messages.create(ask(`[[sim tokens=40 ${directive} pace=1ms]]`, { stream: true })).withResponse();
      const seen = [];
      await assert.rejects(async () => { for await (const event of data) seen.push(event.type); }, Anthropic.APIError);
      assert.ok(seen.includes('content_block_delta'), 'what came before the break was delivered');
      assert.ok(!seen.includes('message_stop') && !seen.includes('message_delta'));
      const { request } = await weir.settled(response.headers.get('x-weir-request-id'));
      assert.notEqual(request.outcome, 'ok');
    });
  }
});

describe('aborts', () => {
  test('an abort in the middle of a stream cancels the upstream and settles', async () => {
    const stream = client.messages.stream(ask('[[sim tokens=3000 pace=20ms]]'));
    const { response } = await stream.withResponse();
    let seen = 0;
    stream.on('text', () => { if (++seen === 3) stream.abort(); });
    await assert.rejects(stream.done(), Anthropic.APIUserAbortError);
    const call = await until('the simulator to see the client go', () => weir.call(response.headers.get('request-id')));
    assert.equal(call.completion, 'aborted');
    const { request, attempts } = await weir.settled(response.headers.get('x-weir-request-id'));
    assert.equal(request.status, 499);
    assert.ok(attempts[0].tokens.output >= 3, 'what was delivered is paid for');
    assert.ok(attempts[0].tokens.input >= call.usage.input_uncached, 'the prompt was reported at the start');
  });
});
