// The official clients against upstreams of the other dialect: every answer here was translated.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { isPerson, personSchema, redPng, weatherSchema } from './harness/data.mjs';
import { until } from './harness/until.mjs';
import { startPair } from './harness/weir.mjs';

let weir, openai, anthropic;
const user = (content) => [{ role: 'user', content }];
const chatTool = (name) => ({ type: 'function', function: { name, description: 'Looks something up.', parameters: weatherSchema } });
const claudeTool = (name) => ({ name, description: 'Looks something up.', input_schema: weatherSchema });
const chat = (content, more) => ({ model: 'cross-chat', messages: user(content), ...more });
const claude = (content, more) => ({ model: 'cross-claude', max_tokens: 4000, messages: user(content), ...more });
const textOf = (message) => message.content.filter((block) => block.type === 'text').map((block) => block.text).join('');

before(async () => {
  weir = await startPair();
  openai = new OpenAI({ apiKey: weir.key, baseURL: `${weir.api}/v1`, maxRetries: 0 });
  anthropic = new Anthropic({ apiKey: weir.key, baseURL: weir.api, maxRetries: 0 });
});
after(() => weir?.close());

describe('the OpenAI client over an Anthropic upstream', () => {
  test('text, stop reason and usage', async () => {
    const { data, response } = await openai.chat.completions.create({
      model: 'cross-chat', messages: [{ role: 'system', content: 'Be brief.' }, ...user('[[sim tokens=12]] Rivers?')],
    }).withResponse();
    assert.equal(data.choices[0].finish_reason, 'stop');
    assert.equal(data.choices[0].message.role, 'assistant');
    assert.equal(data._request_id, response.headers.get('x-weir-request-id'), 'the id to quote is Weir\'s');
    assert.equal(data.model, 'claude-sonnet-4-5', 'the model that answered, as on the native lane');
    assert.equal(data.usage.completion_tokens, 12);
    assert.equal(data.usage.total_tokens, data.usage.prompt_tokens + 12);
    const { attempts } = await weir.settled(response.headers.get('x-weir-request-id'));
    assert.equal(attempts[0].tokens.input, data.usage.prompt_tokens);
    assert.equal(attempts[0].tokens.output, 12);
    assert.equal((await weir.calls()).at(-1).dialect, 'anthropic.messages');
  });

  test('a stream, with and without usage', async () => {
    for (const wants of [false, true]) {
      const stream = await openai.chat.completions.create(chat('[[sim echo="Grüße, 世界 🌍!" chunk=3]]', { stream: true, ...(wants && { stream_options: { include_usage: true } }) }));
      let text = '', finish, usage;
      for await (const chunk of stream) {
        text += chunk.choices[0]?.delta?.content ?? '';
        finish = chunk.choices[0]?.finish_reason ?? finish;
        usage = chunk.usage ?? usage;
      }
      assert.equal(text, 'Grüße, 世界 🌍!');
      assert.equal(finish, 'stop');
      assert.equal(Boolean(usage), wants);
    }
  });

  test('length', async () => {
    const data = await openai.chat.completions.create(chat('[[sim tokens=50]]', { max_completion_tokens: 5 }));
    assert.equal(data.choices[0].finish_reason, 'length');
  });

  test('a tool loop with parallel calls, whole and streamed', async () => {
    const tools = [chatTool('get_weather'), chatTool('get_time')];
    const messages = user('Both. [[sim tool=get_weather,get_time calls=2]]');
    const whole = (await openai.chat.completions.create({ model: 'cross-chat', messages, tools })).choices[0];
    const streamed = await openai.chat.completions.stream({ model: 'cross-chat', messages, tools }).finalMessage();
    const bare = (message) => message.tool_calls.map((call) => [call.function.name, JSON.parse(call.function.arguments)]);
    assert.equal(whole.finish_reason, 'tool_calls');
    assert.deepEqual(bare(whole.message).map(([name]) => name), ['get_weather', 'get_time']);
    assert.deepEqual(bare(streamed), bare(whole.message));
    const second = await openai.chat.completions.create({
      model: 'cross-chat', tools,
      messages: [...messages, streamed, ...streamed.tool_calls.map((call) => ({ role: 'tool', tool_call_id: call.id, content: '4' }))],
    });
    assert.equal(second.choices[0].finish_reason, 'stop');
  });

  test('tool_choice is obeyed', async () => {
    const tools = [chatTool('get_weather'), chatTool('get_time')];
    const called = async (tool_choice) => (await openai.chat.completions.create(chat('Hello', { tools, tool_choice }))).choices[0].message.tool_calls?.[0].function.name;
    assert.equal(await called({ type: 'function', function: { name: 'get_time' } }), 'get_time');
    assert.equal(await called('required'), 'get_weather');
    assert.equal(await called('none'), undefined);
  });

  test('an image', async () => {
    const picture = { type: 'image_url', image_url: { url: `data:image/png;base64,${redPng}` } };
    const without = await openai.chat.completions.create(chat([{ type: 'text', text: 'Colour? [[sim tokens=3]]' }]));
    const data = await openai.chat.completions.create(chat([{ type: 'text', text: 'Colour? [[sim tokens=3]]' }, picture]));
    assert.ok(data.usage.prompt_tokens > without.usage.prompt_tokens, 'the upstream saw the picture');
  });

  test('structured output', async () => {
    const data = await openai.chat.completions.parse(chat('Invent a person.', { response_format: { type: 'json_schema', json_schema: { name: 'person', strict: true, schema: personSchema } } }));
    assert.ok(isPerson(JSON.parse(data.choices[0].message.content)), data.choices[0].message.content);
  });

  test('reasoning arrives beside the answer, and its tokens are counted', async () => {
    const data = await openai.chat.completions.create(chat('[[sim thinking=10 tokens=5]]', { reasoning_effort: 'high' }));
    assert.ok(data.choices[0].message.content.length > 0);
    const { reasoning_content, reasoning } = data.choices[0].message;
    assert.ok((reasoning_content ?? reasoning)?.length > 0, JSON.stringify(data.choices[0].message));
    assert.equal(data.usage.completion_tokens, 15);
  });

  test('errors come in the OpenAI shape', async () => {
    await assert.rejects(openai.chat.completions.create(chat('[[sim status=429 retry-after=7]]')), (error) => error instanceof OpenAI.RateLimitError && error.headers.get('retry-after') === '7');
    await assert.rejects(openai.chat.completions.create(chat('[[sim status=529]]')), (error) => error instanceof OpenAI.InternalServerError);
    await assert.rejects(openai.chat.completions.create(chat('[[sim status=401]]')), (error) => error instanceof OpenAI.InternalServerError);
    await assert.rejects(openai.chat.completions.create(chat('[[sim status=400]]')), (error) => error instanceof OpenAI.BadRequestError && error.type === 'invalid_request_error');
  });

  for (const directive of ['cut=6', 'end=6', 'error-at=6']) {
    test(`a stream broken by ${directive} raises`, async () => {
      const stream = await openai.chat.completions.create(chat(`[[sim tokens=40 ${directive} pace=1ms]]`, { stream: true }));
      const seen = [];
      await assert.rejects(async () => { for await (const chunk of stream) seen.push(chunk); }, OpenAI.APIError);
      assert.ok(seen.length > 0 && seen.every((chunk) => !chunk.choices[0]?.finish_reason));
    });
  }

  test('an abort cancels the upstream and settles', async () => {
    const { data, response } = await openai.chat.completions.create(chat('[[sim tokens=3000 pace=20ms]]', { stream: true })).withResponse();
    let seen = 0;
    for await (const chunk of data) if (chunk.choices[0]?.delta?.content && ++seen === 3) break;
    const { request } = await weir.settled(response.headers.get('x-weir-request-id'));
    assert.equal(request.status, 499);
    assert.equal((await until('the simulator to see the client go', async () => (await weir.calls()).at(-1))).completion, 'aborted');
  });
});

describe('the Anthropic client over a chat upstream', () => {
  test('text, stop reason and usage', async () => {
    const { data, response } = await anthropic.messages.create(claude('[[sim tokens=12]] Rivers?', { system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }] })).withResponse();
    assert.equal(data.type, 'message');
    assert.equal(data._request_id, response.headers.get('x-weir-request-id'), 'the id to quote is Weir\'s');
    assert.equal(data.stop_reason, 'end_turn');
    assert.equal(data.model, 'gpt-4o', 'the model that answered, as on the native lane');
    assert.equal(data.usage.output_tokens, 12);
    assert.ok(data.usage.input_tokens > 0);
    const { attempts } = await weir.settled(response.headers.get('x-weir-request-id'));
    assert.equal(attempts[0].tokens.output, 12);
    assert.equal((await weir.calls()).at(-1).dialect, 'openai.chat');
  });

  test('a stream', async () => {
    const events = [];
    const stream = anthropic.messages.stream(claude('[[sim echo="Grüße, 世界 🌍!" chunk=3]]')).on('streamEvent', (event) => events.push(event.type));
    const message = await stream.finalMessage();
    assert.equal(textOf(message), 'Grüße, 世界 🌍!');
    assert.equal(message.stop_reason, 'end_turn');
    assert.ok(message.usage.output_tokens > 0 && message.usage.input_tokens > 0, JSON.stringify(message.usage));
    assert.equal(events[0], 'message_start');
    assert.deepEqual(events.slice(-3), ['content_block_stop', 'message_delta', 'message_stop']);
  });

  test('length', async () => {
    const data = await anthropic.messages.create(claude('[[sim tokens=50]]', { max_tokens: 5 }));
    assert.equal(data.stop_reason, 'max_tokens');
  });

  test('a tool loop with parallel calls, whole and streamed', async () => {
    const tools = [claudeTool('get_weather'), claudeTool('get_time')];
    const messages = user('Both. [[sim tool=get_weather,get_time calls=2]]');
    const bare = (message) => message.content.filter((block) => block.type === 'tool_use').map((block) => [block.name, block.input]);
    const whole = await anthropic.messages.create(claude('', { messages, tools }));
    const streamed = await anthropic.messages.stream(claude('', { messages, tools })).finalMessage();
    assert.equal(whole.stop_reason, 'tool_use');
    assert.deepEqual(bare(whole).map(([name]) => name), ['get_weather', 'get_time']);
    assert.deepEqual(bare(streamed), bare(whole));
    const results = streamed.content.filter((block) => block.type === 'tool_use').map((block) => ({ type: 'tool_result', tool_use_id: block.id, content: [{ type: 'text', text: '4' }] }));
    const second = await anthropic.messages.create(claude('', { tools, messages: [...messages, { role: 'assistant', content: streamed.content }, { role: 'user', content: results }] }));
    assert.equal(second.stop_reason, 'end_turn');
  });

  test('tool_choice is obeyed', async () => {
    const tools = [claudeTool('get_weather'), claudeTool('get_time')];
    const called = async (tool_choice) => (await anthropic.messages.create(claude('Hello', { tools, tool_choice }))).content.find((block) => block.type === 'tool_use')?.name;
    assert.equal(await called({ type: 'tool', name: 'get_time' }), 'get_time');
    assert.equal(await called({ type: 'any' }), 'get_weather');
    assert.equal(await called({ type: 'none' }), undefined);
  });

  test('an image', async () => {
    const words = { type: 'text', text: 'Colour? [[sim tokens=3]]' };
    const without = await anthropic.messages.create(claude([words]));
    const data = await anthropic.messages.create(claude([{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: redPng } }, words]));
    assert.ok(data.usage.input_tokens > without.usage.input_tokens, 'the upstream saw the picture');
  });

  test('structured output', async () => {
    const data = await anthropic.messages.create(claude('Invent a person.', { output_config: { format: { type: 'json_schema', schema: personSchema } } }));
    assert.ok(isPerson(JSON.parse(textOf(data))), textOf(data));
  });

  test('the upstream reasoning becomes a thinking block that the next turn may carry', async () => {
    const thinking = { type: 'enabled', budget_tokens: 1024 };
    for (const streamed of [false, true]) {
      const body = claude('[[sim thinking=10 tokens=5 reasoning=reasoning_content]]', { thinking });
      const first = streamed ? await anthropic.messages.stream(body).finalMessage() : await anthropic.messages.create(body);
      assert.deepEqual(first.content.map((block) => block.type), ['thinking', 'text']);
      assert.ok(first.content[0].thinking.length > 0);
      const second = await anthropic.messages.create(claude('', { thinking, messages: [...body.messages, { role: 'assistant', content: first.content }, ...user('And? [[sim tokens=2]]')] }));
      assert.equal(second.stop_reason, 'end_turn');
    }
  });

  test('token counts are estimated, also when the target that could count is down; never by a call that generates', async () => {
    const before = (await weir.calls()).length;
    for (const model of ['cross-claude', 'nobody-counts']) {
      const { data, response } = await anthropic.messages.countTokens({ model, messages: user('Count these words please.') }).withResponse();
      assert.deepEqual(Object.keys(data), ['input_tokens'], model);
      assert.ok(data.input_tokens > 0);
      assert.equal(response.headers.get('x-weir-estimated'), 'input_tokens');
    }
    assert.equal((await weir.calls()).length, before);
  });

  test('errors come in the Anthropic shape', async () => {
    const kinds = [['status=429 retry-after=7', Anthropic.RateLimitError, 'rate_limit_error'], ['status=500', Anthropic.InternalServerError, 'api_error'], ['status=401', Anthropic.InternalServerError, 'api_error'], ['status=400', Anthropic.BadRequestError, 'invalid_request_error']];
    for (const [directive, kind, type] of kinds) {
      await assert.rejects(anthropic.messages.create(claude(`[[sim ${directive}]]`)), (error) => {
        assert.ok(error instanceof kind, `${directive}: ${error.name} ${error.status}`);
        assert.equal(error.error?.error?.type, type, directive);
        assert.equal(error.requestID, error.error.request_id);
        return true;
      });
    }
  });

  for (const directive of ['cut=6', 'end=6', 'error-at=6']) {
    test(`a stream broken by ${directive} raises`, async () => {
      const stream = await anthropic.messages.create(claude(`[[sim tokens=40 ${directive} pace=1ms]]`, { stream: true }));
      const seen = [];
      await assert.rejects(async () => { for await (const event of stream) seen.push(event.type); }, Anthropic.APIError);
      assert.ok(seen.includes('content_block_delta') && !seen.includes('message_stop'), seen.join());
    });
  }
});
