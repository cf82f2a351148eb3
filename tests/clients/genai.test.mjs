// The official Google Gen AI client against Weir: over a Gemini upstream (native), over chat and Anthropic upstreams, and
// the other vendors' clients over a Gemini upstream.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import { ApiError, FunctionCallingConfigMode, GoogleGenAI, Type } from '@google/genai';
import OpenAI from 'openai';
import { isPerson, personSchema, redPng, weatherSchema } from './harness/data.mjs';
import { until } from './harness/until.mjs';
import { startPair } from './harness/weir.mjs';

let weir, client, direct, openai, anthropic;
const KEY_HEADER = 'x-weir-request-id';
const google = (apiKey, baseUrl, more) => new GoogleGenAI({ apiKey, httpOptions: { baseUrl, ...more } });
const declaration = (name) => ({ name, description: 'Looks something up.', parametersJsonSchema: weatherSchema });
const idOf = (response) => response.sdkHttpResponse.headers[KEY_HEADER];
const collect = async (stream) => {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
};
const partsOf = (chunks) => chunks.flatMap((chunk) => chunk.candidates?.[0]?.content?.parts ?? []);
const plain = ({ sdkHttpResponse, responseId, ...rest }) => JSON.parse(JSON.stringify(rest));

before(async () => {
  weir = await startPair();
  client = google(weir.key, weir.api);
  direct = google('sk-direct-0123456789', weir.simulator);
  openai = new OpenAI({ apiKey: weir.key, baseURL: `${weir.api}/v1`, maxRetries: 0 });
  anthropic = new Anthropic({ apiKey: weir.key, baseURL: weir.api, maxRetries: 0 });
});
after(() => weir?.close());

describe('native', () => {
  test('an answer is what the upstream says, with its usage in the ledger', async () => {
    const body = { contents: 'Rivers? [[sim tokens=12 thinking=4]]', config: { systemInstruction: 'Be brief.', temperature: 0.3, thinkingConfig: { includeThoughts: true } } };
    const data = await client.models.generateContent({ model: 'gemini-2.5-flash', ...body });
    const bare = (answer) => ({ ...plain(answer), candidates: plain(answer).candidates.map((c) => ({ ...c, content: { ...c.content, parts: c.content.parts.map(({ thoughtSignature, ...part }) => part) } })) });
    assert.deepEqual(bare(data), bare(await direct.models.generateContent({ model: 'gemini-2.5-flash', ...body })));
    const { request, attempts } = await weir.settled(idOf(data));
    assert.equal(attempts[0].tokens.output + (attempts[0].tokens.reasoning ?? 0) >= 12, true);
    assert.equal(attempts[0].tokens.input, data.usageMetadata.promptTokenCount);
    assert.ok(request.costPicos > 0);
  });

  test('the key may stand in the query, and goes no further', async () => {
    const url = `${weir.api}/v1beta/models/gemini-flash:streamGenerateContent?key=${weir.key}&$alt=sse`;
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ contents: [{ parts: [{ text: '[[sim echo=yes]]' }] }] }) });
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type'), /event-stream/);
    assert.match(await response.text(), /"yes"/);
    assert.ok(!weir.log.join('\n').includes(weir.key), 'the key is in no log');
    const wrong = await fetch(url.replace(weir.key, 'wk-wrong'), { method: 'POST', body: '{}' });
    assert.equal(wrong.status, 401);
    assert.equal((await wrong.json()).error.status, 'UNAUTHENTICATED');
  });

  test('a stream is framed as the client asked', async () => {
    const chunks = await collect(await client.models.generateContentStream({ model: 'gemini-flash', contents: '[[sim echo="Grüße, 世界 🌍!" chunk=3]]' }));
    assert.equal(chunks.map((chunk) => chunk.text ?? '').join(''), 'Grüße, 世界 🌍!');
    assert.equal(chunks.at(-1).candidates[0].finishReason, 'STOP');
    const array = await fetch(`${weir.api}/v1beta/models/gemini-flash:streamGenerateContent`, {
      method: 'POST', headers: { 'content-type': 'application/json', 'x-goog-api-key': weir.key }, body: JSON.stringify({ contents: [{ parts: [{ text: '[[sim tokens=4]]' }] }] }),
    });
    const elements = await array.json();
    assert.equal(elements.length, 5);
    const { attempts } = await weir.settled(array.headers.get(KEY_HEADER));
    assert.equal(attempts[0].outcome, 'ok');
    assert.equal(attempts[0].tokens.output, 4);
  });

  test('a chat calls functions over two turns with its signatures', async () => {
    const config = { tools: [{ functionDeclarations: [declaration('get_weather'), declaration('get_time')] }] };
    for (const streamed of [false, true]) {
      const chat = client.chats.create({ model: 'gemini-flash', config });
      const send = async (message) => (streamed ? partsOf(await collect(await chat.sendMessageStream({ message }))) : (await chat.sendMessage({ message })).candidates[0].content.parts);
      const calls = (await send('Both. [[sim signed tool=get_weather,get_time calls=2 thinking=5]]')).filter((part) => part.functionCall);
      assert.deepEqual(calls.map((part) => part.functionCall.name), ['get_weather', 'get_time']);
      assert.ok(calls[0].thoughtSignature);
      const second = await send(calls.map((part) => ({ functionResponse: { name: part.functionCall.name, response: { output: '4' } } })));
      assert.ok(second.some((part) => part.text));
    }
  });

  test('structured output, images, candidates and Vertex style', async () => {
    const person = await client.models.generateContent({ model: 'gemini-flash', contents: 'Invent a person.', config: { responseMimeType: 'application/json', responseJsonSchema: personSchema } });
    assert.ok(isPerson(JSON.parse(person.text)), person.text);
    const picture = await client.models.generateContent({ model: 'gemini-flash', contents: [{ inlineData: { mimeType: 'image/png', data: redPng } }, { text: 'Colour? [[sim tokens=3]]' }] });
    assert.ok(picture.usageMetadata.promptTokenCount > 3);
    const two = await client.models.generateContent({ model: 'gemini-flash', contents: '[[sim tokens=3]]', config: { candidateCount: 2 } });
    assert.equal(two.candidates.length, 2);
    assert.equal((await weir.settled(idOf(two))).attempts[0].tokens.output, 6);
    const vertex = await fetch(`${weir.api}/v1/projects/mine/locations/eu/publishers/google/models/vertex-flash:generateContent`, {
      method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${weir.key}` }, body: JSON.stringify({ contents: [{ role: 'user', parts: [{ text: '[[sim echo=vertex]]' }] }] }),
    });
    assert.equal((await vertex.json()).candidates[0].content.parts[0].text, 'vertex');
  });

  test('counts, embeddings and model lists', async () => {
    const counted = await client.models.countTokens({ model: 'gemini-flash', contents: 'one two three' });
    assert.equal(counted.totalTokens, (await direct.models.countTokens({ model: 'gemini-3-flash', contents: 'one two three' })).totalTokens);
    const vectors = await client.models.embedContent({ model: 'gemini-embedding', contents: ['one', 'two'], config: { outputDimensionality: 8 } });
    assert.deepEqual(vectors.embeddings.map((e) => e.values.length), [8, 8]);
    const listed = [];
    for await (const model of await client.models.list()) listed.push(model.name);
    assert.ok(listed.includes('models/gemini-flash'), listed.join());
    assert.equal((await client.models.get({ model: 'gemini-flash' })).name, 'models/gemini-flash');
  });

  test('errors are Google\'s', async () => {
    await assert.rejects(client.models.generateContent({ model: 'gemini-flash', contents: '[[sim status=429 retry-after=7]]' }), (error) => error instanceof ApiError && error.status === 429 && /RESOURCE_EXHAUSTED/.test(error.message));
    await assert.rejects(client.models.generateContent({ model: 'no-such-model', contents: 'x' }), (error) => error instanceof ApiError && error.status === 404 && /NOT_FOUND/.test(error.message));
    await assert.rejects(google('wk-wrong', weir.api).models.generateContent({ model: 'gemini-flash', contents: 'x' }), (error) => error.status === 401);
  });

  test('an abort cancels the upstream and settles', async () => {
    const abort = new AbortController();
    const stream = await client.models.generateContentStream({ model: 'gemini-flash', contents: '[[sim tokens=3000 pace=20ms]]', config: { abortSignal: abort.signal } });
    let seen = 0;
    await assert.rejects(async () => { for await (const _ of stream) if (++seen === 3) abort.abort(); });
    const request = await until('the aborted call in the list', async () => (await weir.requests()).find((r) => r.status === 499));
    assert.ok(request);
  });
});

for (const [model, upstream] of [['gemini-over-chat', 'openai.chat'], ['gemini-over-claude', 'anthropic.messages']]) {
  describe(`the Google client over ${upstream}`, () => {
    test('text, usage, stream', async () => {
      const data = await client.models.generateContent({ model, contents: '[[sim tokens=12]] Rivers?', config: { systemInstruction: 'Be brief.' } });
      assert.equal(data.candidates[0].finishReason, 'STOP');
      assert.equal(data.usageMetadata.candidatesTokenCount, 12);
      assert.equal(data.usageMetadata.totalTokenCount, data.usageMetadata.promptTokenCount + 12);
      assert.equal((await weir.calls()).at(-1).dialect, upstream);
      const chunks = await collect(await client.models.generateContentStream({ model, contents: '[[sim echo="Grüße, 世界 🌍!" chunk=3]]' }));
      assert.equal(chunks.map((chunk) => chunk.text ?? '').join(''), 'Grüße, 世界 🌍!');
      assert.equal(chunks.at(-1).candidates[0].finishReason, 'STOP');
      assert.ok(chunks.at(-1).usageMetadata.totalTokenCount > 0);
    });

    test('a tool loop over two turns, whole and streamed', async () => {
      const tools = [{ functionDeclarations: [{ name: 'get_weather', description: 'd', parameters: { type: Type.OBJECT, properties: { city: { type: Type.STRING } }, required: ['city'] } }, declaration('get_time')] }];
      for (const streamed of [false, true]) {
        const chat = client.chats.create({ model, config: { tools, thinkingConfig: { thinkingBudget: 1024, includeThoughts: true } } });
        const send = async (message) => (streamed ? partsOf(await collect(await chat.sendMessageStream({ message }))) : (await chat.sendMessage({ message })).candidates[0].content.parts);
        const calls = (await send('Both. [[sim tool=get_weather,get_time calls=2]]')).filter((part) => part.functionCall);
        assert.deepEqual(calls.map((part) => part.functionCall.name), ['get_weather', 'get_time']);
        assert.equal(typeof calls[0].functionCall.args.city, 'string');
        const second = await send(calls.map((part) => ({ functionResponse: { name: part.functionCall.name, response: { output: '4' } } })));
        assert.ok(second.some((part) => part.text && !part.thought));
      }
    });

    test('modes, structured output, an image, a count', async () => {
      const tools = [{ functionDeclarations: [declaration('get_weather'), declaration('get_time')] }];
      const any = await client.models.generateContent({ model, contents: 'Hello', config: { tools, toolConfig: { functionCallingConfig: { mode: FunctionCallingConfigMode.ANY, allowedFunctionNames: ['get_time'] } } } });
      assert.equal(any.functionCalls[0].name, 'get_time');
      const person = await client.models.generateContent({ model, contents: 'Invent a person.', config: { responseMimeType: 'application/json', responseJsonSchema: personSchema } });
      assert.ok(isPerson(JSON.parse(person.text)), person.text);
      const picture = await client.models.generateContent({ model, contents: [{ inlineData: { mimeType: 'image/png', data: redPng } }, { text: 'Colour? [[sim tokens=3]]' }] });
      assert.equal(picture.candidates[0].finishReason, 'STOP');
      const counted = await fetch(`${weir.api}/v1beta/models/${model}:countTokens`, {
        method: 'POST', headers: { 'content-type': 'application/json', 'x-goog-api-key': weir.key }, body: JSON.stringify({ contents: [{ parts: [{ text: 'one two three' }] }] }),
      });
      // Anthropic counts by itself; a chat upstream has nothing that does.
      assert.equal(counted.headers.get('x-weir-estimated'), upstream === 'openai.chat' ? 'input_tokens' : null);
      assert.ok((await counted.json()).totalTokens > 0);
    });

    test('errors and cut streams', async () => {
      await assert.rejects(client.models.generateContent({ model, contents: '[[sim status=429 retry-after=7]]' }), (error) => error instanceof ApiError && error.status === 429);
      await assert.rejects(client.models.generateContent({ model, contents: 'x', config: { tools: [{ googleSearch: {} }] } }), (error) => error.status === 400 && /googleSearch/.test(error.message));
      const stream = await client.models.generateContentStream({ model, contents: '[[sim tokens=40 error-at=6 pace=1ms]]' });
      await assert.rejects(async () => { for await (const _ of stream); });
    });
  });
}

describe('other clients over a Gemini upstream', () => {
  // Without chat among the provider's dialects every call of the OpenAI client is translated.
  const model = 'gemini-flash';
  const tool = { type: 'function', function: { name: 'get_weather', description: 'd', parameters: weatherSchema } };
  const user = (content) => [{ role: 'user', content }];

  test('the OpenAI client: text, stream, structured output, an image, thoughts', async () => {
    const data = await openai.chat.completions.create({ model, messages: [{ role: 'system', content: 'Be brief.' }, ...user('[[sim tokens=12 thinking=5]] Rivers?')], reasoning_effort: 'low' });
    assert.equal(data.choices[0].finish_reason, 'stop');
    assert.equal(data.usage.completion_tokens, 17);
    assert.ok(data.choices[0].message.reasoning_content.length > 0);
    assert.equal((await weir.calls()).at(-1).dialect, 'gemini.generate');
    const stream = await openai.chat.completions.create({ model, stream: true, stream_options: { include_usage: true }, messages: user('[[sim echo="Grüße, 世界 🌍!" chunk=3]]') });
    const chunks = await collect(stream);
    assert.equal(chunks.map((chunk) => chunk.choices[0]?.delta?.content ?? '').join(''), 'Grüße, 世界 🌍!');
    assert.ok(chunks.at(-1).usage.total_tokens > 0);
    const person = await openai.chat.completions.parse({ model, messages: user('Invent a person.'), response_format: { type: 'json_schema', json_schema: { name: 'person', strict: true, schema: personSchema } } });
    assert.ok(isPerson(JSON.parse(person.choices[0].message.content)));
    const picture = { type: 'image_url', image_url: { url: `data:image/png;base64,${redPng}` } };
    assert.ok((await openai.chat.completions.create({ model, messages: user([{ type: 'text', text: '[[sim tokens=3]]' }, picture]) })).choices[0].message.content);
    const logged = await openai.chat.completions.create({ model, messages: user('[[sim tokens=3]]'), logprobs: true, top_logprobs: 2 });
    assert.equal(logged.choices[0].logprobs.content.length, 3);
    assert.equal(logged.choices[0].logprobs.content[0].top_logprobs.length, 2);
  });

  test('the OpenAI client gets signatures back to Gemini that it cannot carry', async () => {
    for (const streamed of [false, true]) {
      const messages = user('Weather. [[sim signed tool=get_weather calls=2 thinking=5]]');
      const first = streamed ? await openai.chat.completions.stream({ model, messages, tools: [tool] }).finalMessage()
        : (await openai.chat.completions.create({ model, messages, tools: [tool] })).choices[0].message;
      assert.equal(first.tool_calls.length, 2);
      const bare = { role: 'assistant', content: null, tool_calls: first.tool_calls };
      const second = await openai.chat.completions.create({ model, tools: [tool], messages: [...messages, bare, ...first.tool_calls.map((call) => ({ role: 'tool', tool_call_id: call.id, content: '4' }))] });
      assert.equal(second.choices[0].finish_reason, 'stop');
    }
  });

  test('the Anthropic client carries signatures itself', async () => {
    const tools = [{ name: 'get_weather', description: 'd', input_schema: weatherSchema }];
    for (const streamed of [false, true]) {
      const messages = user('Weather. [[sim signed tool=get_weather calls=2 thinking=5]]');
      const body = { model, max_tokens: 4000, messages, tools, thinking: { type: 'enabled', budget_tokens: 2000 } };
      const first = streamed ? await anthropic.messages.stream(body).finalMessage() : await anthropic.messages.create(body);
      assert.equal(first.stop_reason, 'tool_use');
      const results = first.content.filter((block) => block.type === 'tool_use').map((block) => ({ type: 'tool_result', tool_use_id: block.id, content: '4' }));
      assert.equal(results.length, 2);
      const second = await anthropic.messages.create({ ...body, messages: [...messages, { role: 'assistant', content: first.content }, { role: 'user', content: results }] });
      assert.equal(second.stop_reason, 'end_turn');
    }
  });

  test('errors, a cut stream, an abort', async () => {
    await assert.rejects(openai.chat.completions.create({ model, messages: user('[[sim status=429 retry-after=7]]') }), (error) => error instanceof OpenAI.RateLimitError);
    for (const directive of ['cut=6', 'end=6', 'error-at=6']) {
      const stream = await openai.chat.completions.create({ model, stream: true, messages: user(`[[sim tokens=40 ${directive} pace=1ms]]`) });
      await assert.rejects(async () => { for await (const _ of stream); }, OpenAI.APIError);
    }
    const { data, response } = await openai.chat.completions.create({ model, stream: true, messages: user('[[sim tokens=3000 pace=20ms]]') }).withResponse();
    let seen = 0;
    for await (const chunk of data) if (chunk.choices[0]?.delta?.content && ++seen === 3) break;
    assert.equal((await weir.settled(response.headers.get(KEY_HEADER))).request.status, 499);
  });
});
