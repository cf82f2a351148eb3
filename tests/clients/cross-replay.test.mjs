// Recorded answers of one dialect, read by the client of the other: text, tools, reasoning, stop reason and usage survive.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { hasCorpus, sample, write } from './harness/corpus.mjs';
import { ownRecordings } from './harness/recordings.mjs';
import { startPair } from './harness/weir.mjs';

const SAMPLE = Number(process.env.WEIR_REPLAY_SAMPLE ?? 60);
const MODES = ['whole', 'event', 'byte', 'random.7', 'gzip'];
const KINDS = { 'openai.chat': 'openai-compatible', 'anthropic.messages': 'anthropic' };
const STOPS = { end_turn: 'stop', stop_sequence: 'stop', pause_turn: 'stop', max_tokens: 'length', tool_use: 'tool_calls', refusal: 'content_filter' };

let weir, exchanges;
const folder = mkdtempSync(path.join(tmpdir(), 'weir-recordings-'));
const WORDS = { function_call: 'tool_calls', eos: 'stop' };
// Without an error, also not one in a field of the stream that the OpenAI client does not read.
const good = ({ status, tags, responseBody }) => status === 200 && !tags.includes('error') && !tags.includes('audio') && !/(^|\n)error:/.test(responseBody ?? '');

before(async () => {
  const own = ownRecordings().filter((exchange) => exchange.status === 200 && exchange.id !== 'own-messages-stream-error');
  exchanges = [...own, ...(hasCorpus() ? Object.keys(KINDS).flatMap((kind) => sample(kind, SAMPLE, good)) : [])];
  write(folder, 'all', exchanges);
  // Headers of the client do not cross dialects, so each recording is an upstream of its own.
  weir = await startPair({
    replay: folder,
    more: (base) => ({ providers: exchanges.map(({ id, api }, at) => ({ name: id, kind: KINDS[api], baseUrl: `${base}/replay/${id}/${MODES[at % MODES.length]}/v1`, credential: { fromEnv: 'UPSTREAM_KEY' }, allowPrivateNetwork: true, unknownObjects: 'pass', models: '*' })) }),
  });
});
after(async () => {
  await weir?.close();
  rmSync(folder, { recursive: true, force: true });
});

const json = (text) => { try { return JSON.parse(text || '{}'); } catch { return text; } };

function fromChat(completion) {
  const { message, finish_reason } = completion.choices[0];
  // The form before tool_calls: one call, without an id.
  const calls = message.tool_calls?.length || !message.function_call ? (message.tool_calls ?? []) : [{ function: message.function_call }];
  const tools = calls.map((call) => [call.function.name, json(call.function.arguments)]);
  const usage = completion.usage && { input: completion.usage.prompt_tokens, output: completion.usage.completion_tokens };
  const reasoning = message.reasoning_content ?? message.reasoning ?? (message.reasoning_details ?? []).map((detail) => detail.text ?? detail.summary ?? '').join('');
  // A refusal is a stop reason of its own to the Anthropic client.
  return { text: (message.content ?? '') + (message.refusal ?? ''), tools, reasoning, stop: message.refusal ? 'content_filter' : (WORDS[finish_reason] ?? finish_reason), usage };
}

function fromMessage(message) {
  const join = (type) => message.content.filter((block) => block.type === type).map((block) => block[type]).join('');
  const { input_tokens, cache_read_input_tokens, cache_creation_input_tokens, output_tokens } = message.usage;
  return {
    text: join('text'), tools: message.content.filter((block) => block.type === 'tool_use').map((block) => [block.name, block.input]), reasoning: join('thinking'),
    stop: STOPS[message.stop_reason] ?? message.stop_reason, usage: { input: input_tokens + (cache_read_input_tokens ?? 0) + (cache_creation_input_tokens ?? 0), output: output_tokens },
  };
}

/** Chunks put together by hand: the client's own helper is stricter than many providers. */
function assemble(chunks) {
  const message = { content: '', tool_calls: [] };
  let finish_reason = null, usage;
  for (const chunk of chunks) {
    usage = chunk.usage ?? usage;
    const choice = chunk.choices?.find((one) => one.index === 0);
    if (!choice) continue;
    finish_reason = choice.finish_reason ?? finish_reason;
    message.content += choice.delta?.content ?? '';
    for (const name of ['reasoning_content', 'reasoning']) if (typeof choice.delta?.[name] === 'string') message[name] = (message[name] ?? '') + choice.delta[name];
    for (const { index, id, function: called } of choice.delta?.tool_calls ?? []) {
      const call = (message.tool_calls[index ?? 0] ??= { id, function: { name: '', arguments: '' } });
      call.function.name += called?.name ?? '';
      call.function.arguments += called?.arguments ?? '';
    }
  }
  return { choices: [{ message, finish_reason }], usage };
}

async function askChat(base, key, model, stream) {
  const client = new OpenAI({ apiKey: key, baseURL: base, maxRetries: 0, timeout: 60_000, logLevel: 'off' });
  const body = { model, messages: [{ role: 'user', content: 'Go on.' }], stream, ...(stream && { stream_options: { include_usage: true } }) };
  const answer = await client.chat.completions.create(body);
  if (!stream) return fromChat(answer);
  const chunks = [];
  for await (const chunk of answer) chunks.push(chunk);
  return fromChat(assemble(chunks));
}

async function askMessages(base, key, model, stream) {
  const client = new Anthropic({ apiKey: key, baseURL: base, maxRetries: 0, timeout: 60_000, logLevel: 'off' });
  const body = { model, max_tokens: 1000, messages: [{ role: 'user', content: 'Go on.' }] };
  return fromMessage(stream ? await client.messages.stream(body).finalMessage() : await client.messages.create(body));
}

for (const [kind, ask, cross] of [['anthropic.messages', askMessages, askChat], ['openai.chat', askChat, askMessages]]) {
  test(`${kind} recordings read by the other client`, async (t) => {
    const broken = [];
    let compared = 0;
    for (const { id, api, stream, provider, responseBody } of exchanges) {
      if (api !== kind) continue;
      const root = `${weir.simulator}/replay/${id}/whole`;
      try {
        const direct = await ask(kind === 'openai.chat' ? `${root}/v1` : root, 'sk-direct-0123456789', 'any', stream);
        const through = await cross(cross === askChat ? `${weir.api}/v1` : weir.api, weir.key, `${id}/any`, stream);
        // Compaction: the message reports its last step alone, the ledger and other dialects all that was used.
        if (!direct.usage || responseBody?.includes('"iterations"')) delete through.usage, delete direct.usage;
        assert.deepEqual({ id, provider, ...JSON.parse(JSON.stringify(through)) }, { id, provider, ...JSON.parse(JSON.stringify(direct)) });
        compared++;
      } catch (error) {
        broken.push(`${id} (${provider}, ${stream ? 'stream' : 'whole'}): ${error.message}`);
      }
    }
    t.diagnostic(`${compared} answers equal${hasCorpus() ? '' : ' (own ones only: no recorded traffic here)'}`);
    assert.deepEqual(broken, [], broken.join('\n---\n'));
  });
}
