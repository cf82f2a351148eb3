// The official OpenAI client against Weir beside chat: images, sound, moderations, files, batches, vector stores, realtime.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import OpenAI, { toFile } from 'openai';
import WebSocket from 'ws';
import { redPng } from './harness/data.mjs';
import { startPair } from './harness/weir.mjs';

let weir, client, direct;
const provider = (base) => ({ name: 'media', kind: 'openai', baseUrl: `${base}/v1`, credential: { fromEnv: 'UPSTREAM_KEY' }, allowPrivateNetwork: true });
const model = (name, upstream) => ({ name, targets: [{ provider: 'media', model: upstream }] });

before(async () => {
  weir = await startPair({
    more: (base) => ({
      providers: [provider(base)],
      models: [model('draw', 'gpt-image-1.5'), model('say', 'gpt-4o-mini-tts'), model('hear', 'gpt-4o-transcribe'), model('whisper-1', 'whisper-1'), model('judge', 'omni-moderation-latest'), model('talk', 'gpt-realtime')],
    }),
  });
  client = new OpenAI({ apiKey: weir.key, baseURL: `${weir.api}/v1`, maxRetries: 0, defaultHeaders: { 'x-weir-provider': 'media' } });
  direct = new OpenAI({ apiKey: 'sk-direct-0123456789', baseURL: `${weir.simulator}/v1`, maxRetries: 0 });
});
after(() => weir?.close());

const settled = async (response) => (await weir.settled(response.headers.get('x-weir-request-id'))).attempts[0];
const collect = async (stream) => {
  const events = [];
  for await (const event of stream) events.push(event);
  return events;
};

describe('images', () => {
  test('made, changed and varied', async () => {
    const { data, response } = await client.images.generate({ model: 'draw', prompt: 'a cat' }).withResponse();
    assert.deepEqual(data, await direct.images.generate({ model: 'gpt-image-1.5', prompt: 'a cat' }));
    assert.equal((await settled(response)).outcome, 'ok');
    const image = await toFile(Buffer.from(redPng, 'base64'), 'a.png', { type: 'image/png' });
    assert.equal((await client.images.edit({ image: [image, image], prompt: 'b', model: 'draw' })).data.length, 1);
    assert.equal((await client.images.createVariation({ image, model: 'draw' })).data.length, 1);
  });

  test('as events', async () => {
    const events = await collect(await client.images.generate({ model: 'draw', prompt: 'a cat', stream: true, partial_images: 1 }));
    assert.deepEqual(events.map((event) => event.type), ['image_generation.partial_image', 'image_generation.completed']);
  });
});

describe('audio', () => {
  test('speech is the upstream sound, byte for byte', async () => {
    const ask = { input: 'one two three', voice: 'alloy' };
    const sound = Buffer.from(await (await client.audio.speech.create({ model: 'say', ...ask })).arrayBuffer());
    assert.ok(sound.equals(Buffer.from(await (await direct.audio.speech.create({ model: 'gpt-4o-mini-tts', ...ask })).arrayBuffer())));
  });

  test('a recording is heard, with the file before the model as in the SDK\'s examples', async () => {
    for (const size of [1000, 2_000_000]) {
      const file = await toFile(Buffer.alloc(size, 7), 'a.wav');
      const { data, response } = await client.audio.transcriptions.create({ file, model: 'hear' }).withResponse();
      assert.equal(data.text, `I heard ${size} bytes.`);
      assert.equal((await settled(response)).tokens.input, 40);
    }
  });

  test('as text, as events, translated', async () => {
    const file = () => toFile(Buffer.alloc(10), 'a.wav');
    assert.equal(await client.audio.transcriptions.create({ file: await file(), model: 'hear', response_format: 'text' }), 'I heard 10 bytes.\n');
    const events = await collect(await client.audio.transcriptions.create({ file: await file(), model: 'hear', stream: true }));
    assert.deepEqual(events.map((event) => event.type), ['transcript.text.delta', 'transcript.text.done']);
    assert.equal((await client.audio.translations.create({ file: await file(), model: 'whisper-1' })).text, 'I heard 10 bytes.');
  });

  test('a model that is not there is the SDK\'s own error', async () => {
    await assert.rejects(async () => client.audio.transcriptions.create({ file: await toFile(Buffer.alloc(10), 'a.wav'), model: 'nothing' }), OpenAI.NotFoundError);
  });
});

test('moderations', async () => {
  assert.equal((await client.moderations.create({ model: 'judge', input: 'violence' })).results[0].flagged, true);
});

describe('objects', () => {
  test('a file is uploaded, listed, read and deleted', async () => {
    const file = await client.files.create({ file: await toFile(Buffer.from('hello'), 'a.txt'), purpose: 'assistants' });
    assert.equal((await client.files.retrieve(file.id)).filename, 'a.txt');
    assert.equal(await (await client.files.content(file.id)).text(), 'hello');
    assert.deepEqual((await collect(client.files.list())).map((each) => each.id), [file.id]);
    assert.equal((await client.files.delete(file.id)).deleted, true);
    await assert.rejects(client.files.retrieve(file.id), OpenAI.NotFoundError);
  });

  test('a list goes on past pages that are full of others\' files', async () => {
    const upload = (by) => toFile(Buffer.from('x'), 'x.txt').then((file) => by.files.create({ file, purpose: 'assistants' }));
    const own = [];
    for (let round = 0; round < 3; round++) {
      own.unshift((await upload(client)).id);
      for (let i = 0; i < 25; i++) await upload(direct);
    }
    for (const limit of [undefined, 1, 2]) {
      assert.deepEqual((await collect(client.files.list({ limit }))).map((each) => each.id), own);
    }
    for (const id of own) await client.files.delete(id);
  });

  test('an upload in parts', async () => {
    const upload = await client.uploads.create({ filename: 'b.txt', purpose: 'assistants', bytes: 6, mime_type: 'text/plain' });
    const parts = [];
    for (const text of ['abc', 'def']) parts.push(await client.uploads.parts.create(upload.id, { data: await toFile(Buffer.from(text), 'part') }));
    const done = await client.uploads.complete(upload.id, { part_ids: parts.map((part) => part.id) });
    assert.equal(await (await client.files.content(done.file.id)).text(), 'abcdef');
  });

  test('a batch with its results', async () => {
    const line = { custom_id: '1', method: 'POST', url: '/v1/chat/completions', body: { model: 'gpt-5-mini', messages: [] } };
    const input = await client.files.create({ file: await toFile(Buffer.from(JSON.stringify(line) + '\n'), 'in.jsonl'), purpose: 'batch' });
    const batch = await client.batches.create({ input_file_id: input.id, endpoint: '/v1/chat/completions', completion_window: '24h' });
    const done = await client.batches.retrieve(batch.id);
    const results = await (await client.files.content(done.output_file_id)).text();
    assert.equal(JSON.parse(results).custom_id, '1');
    assert.deepEqual((await collect(client.batches.list())).map((each) => each.id), [batch.id]);
  });

  test('a vector store', async () => {
    const file = await client.files.create({ file: await toFile(Buffer.from('text'), 'c.txt'), purpose: 'assistants' });
    const store = await client.vectorStores.create({ name: 'store' });
    assert.equal((await client.vectorStores.files.create(store.id, { file_id: file.id })).status, 'completed');
    assert.deepEqual((await collect(client.vectorStores.search(store.id, { query: 'q' }))), []);
    assert.equal((await client.vectorStores.delete(store.id)).deleted, true);
  });
});

// The SDK's own class insists on TLS, so its transport is used by itself.
for (const [place, connect] of [
  ['a header', (url) => new WebSocket(url, ['realtime'], { headers: { authorization: `Bearer ${weir.key}` } })],
  ['a subprotocol, as in browsers', (url) => new WebSocket(url, ['realtime', `openai-insecure-api-key.${weir.key}`])],
]) {
  test(`realtime: a session with its key in ${place}`, async () => {
    const socket = connect(`${weir.api.replace('http', 'ws')}/v1/realtime?model=talk`);
    const events = [];
    const code = await new Promise((resolve, reject) => {
      socket.on('error', reject);
      socket.on('message', (data) => {
        const event = JSON.parse(data);
        events.push(event);
        if (event.type === 'session.created') socket.send(JSON.stringify({ type: 'response.create' }));
        if (event.type === 'response.done') socket.close(4000, 'enough');
      });
      socket.on('close', resolve);
    });
    assert.equal(socket.protocol, 'realtime');
    assert.deepEqual(events.map((event) => event.type), ['session.created', 'response.created', ...Array(3).fill('response.output_audio.delta'), 'response.done']);
    assert.equal(events[0].session.model, 'gpt-realtime');
    assert.equal(code, 4000);
  });
}
