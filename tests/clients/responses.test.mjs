// The official OpenAI client's Responses API against Weir: over a Responses upstream (native), a chat and an Anthropic
// upstream (translated); and chat and Anthropic clients over a Responses upstream.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { zodTextFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import { redPng, weatherSchema } from './harness/data.mjs';
import { until } from './harness/until.mjs';
import { startPair } from './harness/weir.mjs';

let weir, openai, anthropic, direct;
const tool = (name) => ({ type: 'function', name, description: 'Looks something up.', parameters: weatherSchema, strict: true });
const freeform = { type: 'custom', name: 'apply_patch', description: 'Edits files.', format: { type: 'grammar', syntax: 'lark', definition: 'start: "x"' } };
const stateless = { store: false, include: ['reasoning.encrypted_content'] };

before(async () => {
  weir = await startPair({
    more: (base) => ({
      providers: [{ name: 'responses', kind: 'openai', baseUrl: `${base}/v1`, credential: { fromEnv: 'UPSTREAM_KEY' }, allowPrivateNetwork: true, models: '*', dialects: { 'openai-responses': null } }],
      models: [{ name: 'over-responses', targets: [{ provider: 'responses', model: 'gpt-5' }] }],
    }),
  });
  openai = new OpenAI({ apiKey: weir.key, baseURL: `${weir.api}/v1`, maxRetries: 0 });
  direct = new OpenAI({ apiKey: 'sk-direct-0123456789', baseURL: `${weir.simulator}/v1`, maxRetries: 0 });
  anthropic = new Anthropic({ apiKey: weir.key, baseURL: weir.api, maxRetries: 0 });
});
after(() => weir?.close());

for (const [name, model, dialect] of [
  ['a Responses upstream', 'gpt-5', 'openai.responses'],
  ['a chat upstream', 'cross-claude', 'openai.chat'],
  ['an Anthropic upstream', 'cross-chat', 'anthropic.messages'],
]) {
  describe(`responses over ${name}`, () => {
    const ask = (input, more) => ({ model, input, ...more });

    test('text, usage and the ledger', async () => {
      const { data, response } = await openai.responses.create(ask('Rivers? [[sim tokens=12]]', { instructions: 'Be brief.', metadata: { a: 'b' } })).withResponse();
      assert.equal(data.status, 'completed');
      assert.equal(data.object, 'response');
      assert.ok(data.output_text.length > 0);
      assert.equal(data.usage.output_tokens, 12);
      assert.equal(data.usage.total_tokens, data.usage.input_tokens + 12);
      const { attempts } = await weir.settled(response.headers.get('x-weir-request-id'));
      assert.equal(attempts[0].tokens.input, data.usage.input_tokens);
      assert.equal(attempts[0].tokens.output, 12);
      assert.equal((await weir.calls()).at(-1).dialect, dialect);
    });

    test('a stream, event by event', async () => {
      const stream = openai.responses.stream(ask('[[sim echo="Grüße, 世界 🌍!" chunk=7]]'));
      const types = [];
      let text = '';
      for await (const event of stream) {
        types.push(event.type);
        if (event.type === 'response.output_text.delta') text += event.delta;
      }
      const final = await stream.finalResponse();
      assert.equal(text, 'Grüße, 世界 🌍!');
      assert.equal(final.output_text, text);
      assert.deepEqual(types.filter((type) => !type.endsWith('.delta')), [
        'response.created', 'response.in_progress', 'response.output_item.added', 'response.content_part.added',
        'response.output_text.done', 'response.content_part.done', 'response.output_item.done', 'response.completed']);
      assert.ok(final.usage.output_tokens > 0);
    });

    test('earlier turns, developer messages and an image', async () => {
      const words = [{ role: 'developer', content: 'Be brief.' }, { role: 'user', content: 'One' }, { role: 'assistant', content: 'Two' }];
      const question = { type: 'input_text', text: 'Colour? [[sim tokens=3]]' };
      const picture = { type: 'input_image', image_url: `data:image/png;base64,${redPng}`, detail: 'auto' };
      const without = await openai.responses.create(ask([...words, { role: 'user', content: [question] }]));
      const data = await openai.responses.create(ask([...words, { role: 'user', content: [question, picture] }]));
      assert.ok(data.usage.input_tokens > without.usage.input_tokens, 'the upstream saw the picture');
    });

    test('the length limit makes an incomplete answer', async () => {
      const data = await openai.responses.create(ask('[[sim tokens=50]] go', { max_output_tokens: 16 }));
      assert.equal(data.status, 'incomplete');
      assert.equal(data.incomplete_details.reason, 'max_output_tokens');
      const final = await openai.responses.stream(ask('[[sim tokens=50]] go', { max_output_tokens: 16 })).finalResponse();
      assert.equal(final.status, 'incomplete');
    });

    test('structured output is parsed', async () => {
      const Person = z.object({ name: z.string(), age: z.number().int(), tags: z.array(z.string()) });
      const data = await openai.responses.parse(ask('Invent a person.', { text: { format: zodTextFormat(Person, 'person') } }));
      assert.ok(Person.safeParse(data.output_parsed).success, data.output_text);
    });

    test('a tool loop of two turns with parallel calls and reasoning, whole and streamed', async () => {
      for (const streamed of [false, true]) {
        const tools = [tool('get_weather'), tool('get_time')];
        const settings = { tools, reasoning: { effort: 'high', summary: 'auto' }, ...stateless };
        const input = [{ role: 'user', content: 'Both. [[sim tool=get_weather,get_time calls=2]]' }];
        const run = (items) => (streamed
          ? openai.responses.stream(ask(items, settings)).finalResponse()
          : openai.responses.create(ask(items, settings)));
        const first = await run(input);
        const calls = first.output.filter((item) => item.type === 'function_call');
        assert.deepEqual(calls.map((call) => call.name), ['get_weather', 'get_time']);
        for (const call of calls) assert.ok(JSON.parse(call.arguments).city);
        if (dialect !== 'openai.chat') assert.ok(first.output.some((item) => item.type === 'reasoning' && item.encrypted_content), JSON.stringify(first.output));
        const second = await run([...input, ...first.output.map(({ parsed_arguments, ...item }) => item),
          ...calls.map((call) => ({ type: 'function_call_output', call_id: call.call_id, output: 'Sunny.' }))]);
        assert.ok(second.output_text.length > 0);
        assert.equal(second.status, 'completed');
      }
    });

    test('tool_choice is obeyed', async () => {
      const tools = [tool('get_weather'), tool('get_time')];
      const called = async (tool_choice) => (await openai.responses.create(ask('Hello', { tools, tool_choice }))).output.find((item) => item.type === 'function_call')?.name;
      assert.equal(await called({ type: 'function', name: 'get_time' }), 'get_time');
      assert.equal(await called('required'), 'get_weather');
      assert.equal(await called('none'), undefined);
    });

    test('a freeform tool gets text and its output goes back', async () => {
      const input = [{ role: 'user', content: 'Patch. [[sim tool=apply_patch]]' }];
      const first = await openai.responses.stream(ask(input, { tools: [freeform] })).finalResponse();
      const call = first.output.find((item) => item.type === 'custom_tool_call');
      assert.equal(call.name, 'apply_patch');
      assert.equal(typeof call.input, 'string');
      const second = await openai.responses.create(ask([...input, ...first.output.filter((item) => item.type !== 'reasoning'), { type: 'custom_tool_call_output', call_id: call.call_id, output: 'Done.' }], { tools: [freeform] }));
      assert.ok(second.output_text.length > 0);
    });

    test('errors come in the OpenAI shape', async () => {
      await assert.rejects(openai.responses.create(ask('[[sim status=429 retry-after=7]]')), (error) => error instanceof OpenAI.RateLimitError && error.headers.get('retry-after') === '7');
      await assert.rejects(openai.responses.create(ask('[[sim status=500]]')), OpenAI.InternalServerError);
      await assert.rejects(openai.responses.create(ask('[[sim status=400]]')), (error) => error instanceof OpenAI.BadRequestError && error.type === 'invalid_request_error');
      await assert.rejects(openai.responses.create({ input: 'x', model: 'no-such-model' }), OpenAI.NotFoundError);
    });

    for (const directive of ['cut=8', 'end=8', 'error-at=8']) {
      test(`a stream broken by ${directive} raises`, async () => {
        const seen = [];
        await assert.rejects(async () => {
          const stream = await openai.responses.create(ask(`[[sim tokens=40 ${directive} pace=1ms]]`, { stream: true }));
          for await (const event of stream) seen.push(event.type);
        }, OpenAI.APIError);
        assert.ok(seen.length > 0 && !seen.includes('response.completed'), seen.join(' '));
      });
    }

    test('an abort reaches the upstream', async () => {
      const stream = await openai.responses.create(ask('[[sim tokens=5000 pace=5ms]]', { stream: true }));
      for await (const event of stream) if (event.type === 'response.output_text.delta') break;
      stream.controller.abort();
      await until('the upstream call to end', async () => (await weir.calls()).at(-1).completion === 'aborted');
    });

    test('tokens are counted', async () => {
      const data = await openai.responses.inputTokens.count({ model, input: 'How many tokens are these words, please?' });
      assert.equal(data.object, 'response.input_tokens');
      assert.ok(data.input_tokens > 3 && data.input_tokens < 40, String(data.input_tokens));
    });
  });
}

for (const [name, model] of [['a chat upstream', 'cross-claude'], ['an Anthropic upstream', 'cross-chat']]) {
  describe(`state that Weir keeps, over ${name}`, () => {
    test('a conversation by previous_response_id, with tools', async () => {
      const tools = [tool('get_weather')];
      const first = await openai.responses.create({ model, tools, instructions: 'Be brief.', input: 'Weather? [[sim tool=get_weather]]' });
      assert.equal(first.store, true);
      const call = first.output.find((item) => item.type === 'function_call');
      const second = await openai.responses.stream({ model, tools, previous_response_id: first.id, input: [{ type: 'function_call_output', call_id: call.call_id, output: '4' }] }).finalResponse();
      assert.equal(second.previous_response_id, first.id);
      const third = await openai.responses.create({ model, previous_response_id: second.id, input: 'Thanks. [[sim tokens=3]]' });
      assert.ok(third.usage.input_tokens > second.usage.input_tokens, 'the upstream saw the whole conversation');
      assert.equal(third.usage.output_tokens, 3);
    });

    test('it can be fetched, listed and deleted, and is gone then', async () => {
      const made = await openai.responses.create({ model, input: 'Remember. [[sim tokens=3]]' });
      const fetched = await openai.responses.retrieve(made.id);
      assert.equal(fetched.output_text, made.output_text);
      const items = await openai.responses.inputItems.list(made.id);
      assert.equal(items.data[0].content[0].text, 'Remember. [[sim tokens=3]]');
      await assert.rejects(openai.responses.cancel(made.id), OpenAI.BadRequestError);
      await openai.responses.delete(made.id);
      await assert.rejects(openai.responses.retrieve(made.id), OpenAI.NotFoundError);
      await assert.rejects(openai.responses.create({ model, previous_response_id: made.id, input: 'x' }), (error) => error instanceof OpenAI.BadRequestError && error.param === 'previous_response_id');
    });

    test('store: false keeps nothing', async () => {
      const made = await openai.responses.create({ model, store: false, input: '[[sim tokens=3]]' });
      assert.equal(made.store, false);
      await assert.rejects(openai.responses.retrieve(made.id), OpenAI.NotFoundError);
    });

    test('nobody without a key sees it', async () => {
      const made = await openai.responses.create({ model, input: '[[sim tokens=3]]' });
      await assert.rejects(new OpenAI({ apiKey: 'wk-nobody', baseURL: `${weir.api}/v1`, maxRetries: 0 }).responses.retrieve(made.id), OpenAI.AuthenticationError);
    });
  });
}

describe('responses, native lane', () => {
  test('the answer is the upstream\'s own, byte for byte in meaning', async () => {
    const ask = { model: 'gpt-5', input: 'Rivers? [[sim tokens=12]]', reasoning: { effort: 'low', summary: 'auto' }, ...stateless };
    const strip = ({ id, created_at, output, ...rest }) => ({ ...rest, output: output.map(({ id: _, encrypted_content, ...item }) => item) });
    assert.deepEqual(strip(JSON.parse(JSON.stringify(await openai.responses.create(ask)))), strip(JSON.parse(JSON.stringify(await direct.responses.create(ask)))));
  });

  test('reasoning of an Anthropic answer does not reach an OpenAI model later in the conversation', async () => {
    const input = [{ role: 'user', content: 'Hello [[sim tokens=5]]' }];
    const settings = { reasoning: { effort: 'high' }, ...stateless };
    const first = await openai.responses.create({ model: 'cross-chat', input, ...settings });
    assert.ok(first.output.some((item) => item.type === 'reasoning'));
    const second = await openai.responses.create({ model: 'gpt-5', input: [...input, ...first.output, { role: 'user', content: 'And? [[sim tokens=5]]' }], ...settings });
    assert.equal(second.status, 'completed');
  });

  test('a stored answer is fetched from the provider that keeps it, and only by who made it', async () => {
    const made = await openai.responses.create({ model: 'gpt-5', input: '[[sim tokens=3]]' });
    const streamed = await openai.responses.stream({ model: 'gpt-5', input: '[[sim tokens=3]]' }).finalResponse();
    for (const { id, output_text } of [made, streamed]) {
      assert.equal((await openai.responses.retrieve(id)).output_text, output_text);
      assert.equal((await openai.responses.inputItems.list(id)).data.length, 1);
      await openai.responses.delete(id);
      await assert.rejects(openai.responses.retrieve(id), OpenAI.NotFoundError);
    }
    await assert.rejects(openai.responses.retrieve('resp_of_somebody_else'), OpenAI.NotFoundError);
  });

  test('a WebSocket is refused with 426, so that Codex goes on over HTTP', async () => {
    const status = await new Promise((resolve, reject) => {
      request(`${weir.api}/v1/responses`, { headers: { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==', authorization: `Bearer ${weir.key}` } })
        .on('response', (response) => { response.resume(); resolve(response.statusCode); }).on('upgrade', () => resolve(101)).on('error', reject).end();
    });
    assert.equal(status, 426);
  });
});

describe('other clients over a Responses upstream', () => {
  test('a chat client: text, stream, tools over two turns', async () => {
    const messages = [{ role: 'user', content: 'Weather? [[sim tool=get_weather]]' }];
    const tools = [{ type: 'function', function: { name: 'get_weather', parameters: weatherSchema } }];
    const text = await openai.chat.completions.create({ model: 'over-responses', messages: [{ role: 'user', content: '[[sim tokens=12]]' }] });
    assert.equal(text.choices[0].finish_reason, 'stop');
    assert.equal(text.usage.completion_tokens, 12);
    const first = await openai.chat.completions.stream({ model: 'over-responses', messages, tools, reasoning_effort: 'high' }).finalMessage();
    assert.equal(first.tool_calls[0].function.name, 'get_weather');
    const second = await openai.chat.completions.create({
      model: 'over-responses', tools, reasoning_effort: 'high',
      messages: [...messages, first, { role: 'tool', tool_call_id: first.tool_calls[0].id, content: '4' }],
    });
    assert.equal(second.choices[0].finish_reason, 'stop');
    assert.equal((await weir.calls()).at(-1).dialect, 'openai.responses');
  });

  test('an Anthropic client: thinking is shown, sealed, and taken back by the upstream that made it', async () => {
    const messages = [{ role: 'user', content: 'Weather? [[sim tool=get_weather]]' }];
    const settings = { model: 'over-responses', max_tokens: 4000, thinking: { type: 'enabled', budget_tokens: 2000 }, tools: [{ name: 'get_weather', input_schema: weatherSchema }] };
    const first = await anthropic.messages.stream({ ...settings, messages }).finalMessage();
    const thinking = first.content.find((block) => block.type === 'thinking');
    assert.ok(thinking.thinking.length > 0 && thinking.signature.startsWith('weir1.'));
    const use = first.content.find((block) => block.type === 'tool_use');
    const second = await anthropic.messages.create({
      ...settings, messages: [...messages, { role: 'assistant', content: first.content }, { role: 'user', content: [{ type: 'tool_result', tool_use_id: use.id, content: '4' }] }],
    });
    assert.equal(second.stop_reason, 'end_turn');
    assert.equal((await weir.calls()).at(-1).dialect, 'openai.responses');
  });
});
