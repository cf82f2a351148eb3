// Exchanges written for these tests, in the shape of a recording: small, with what real answers hold beyond the plain case.
const json = [['content-type', 'application/json']];
const sse = [['content-type', 'text/event-stream; charset=utf-8']];

const exchange = (id, api, request, status, responseHeaders, responseBody, stream = false) => ({
  id, source: 'weir', file: 'own', seq: 0, provider: api.split('.')[0], api, method: 'POST', host: 'localhost',
  path: api === 'openai.chat' ? '/v1/chat/completions' : '/v1/messages', query: null, requestHeaders: json,
  requestBody: JSON.stringify(request), status, responseHeaders,
  responseBody: typeof responseBody === 'string' ? responseBody : JSON.stringify(responseBody), stream, tags: [], notes: [],
});

const ask = { messages: [{ role: 'user', content: 'Weather in Oslo?' }] };
const chat = (more) => ({ model: 'gpt-4o', ...ask, ...more });
const claude = (more) => ({ model: 'claude-sonnet-4-5', max_tokens: 100, ...ask, ...more });

const usage = { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18, prompt_tokens_details: { cached_tokens: 4 }, a_future_detail: { deep: [1, 2.5e-7] } };
const chunk = (delta, more) => ({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1700000000, model: 'gpt-4o-2024-11-20', choices: [{ index: 0, delta, finish_reason: null, logprobs: null }], ...more });
const lines = (...parts) => parts.map((part) => `data: ${typeof part === 'string' ? part : JSON.stringify(part)}\n\n`).join('');
const finish = (reason) => chunk({}, { choices: [{ index: 0, delta: {}, finish_reason: reason }] });
const callDelta = (index, more) => chunk({ tool_calls: [{ index, ...more }] });

const events = (...parts) => parts.map((part) => `event: ${part.type}\ndata: ${JSON.stringify(part)}\n\n`).join('');
const start = { type: 'message_start', message: { id: 'msg_1', type: 'message', role: 'assistant', model: 'claude-sonnet-4-5-20250929', content: [], stop_reason: null, stop_sequence: null, usage: { input_tokens: 9, cache_creation_input_tokens: 3, cache_read_input_tokens: 2, cache_creation: { ephemeral_5m_input_tokens: 3, ephemeral_1h_input_tokens: 0 }, output_tokens: 1, service_tier: 'standard' } } };
const block = (index, content_block, ...deltas) => [
  { type: 'content_block_start', index, content_block }, ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })), { type: 'content_block_stop', index },
];
const end = (stop_reason) => [{ type: 'message_delta', delta: { stop_reason, stop_sequence: null }, usage: { output_tokens: 25 } }, { type: 'message_stop' }];

export const ownRecordings = () => [
  exchange('own-chat', 'openai.chat', chat(), 200, json, {
    id: 'chatcmpl-1', object: 'chat.completion', created: 1700000000, model: 'gpt-4o-2024-11-20', system_fingerprint: null, unknown_field: [null, { x: 'é \u2028' }],
    choices: [{ index: 0, message: { role: 'assistant', content: 'Four degrees. 🌧', refusal: null, annotations: [] }, finish_reason: 'stop', logprobs: null }], usage,
  }),
  exchange('own-chat-tools', 'openai.chat', chat(), 200, json, {
    id: 'chatcmpl-2', object: 'chat.completion', created: 1700000000, model: 'gpt-4o-2024-11-20', usage,
    choices: [{ index: 0, finish_reason: 'tool_calls', message: { role: 'assistant', content: null, tool_calls: [{ id: 'call_a', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Oslo",  "n": 1.0}' } }, { id: 'call_b', type: 'function', function: { name: 'get_time', arguments: '' } }] } }],
  }),
  exchange('own-chat-stream', 'openai.chat', chat({ stream: true, stream_options: { include_usage: true } }), 200, sse,
    ': a comment first\n\n' + lines(chunk({ role: 'assistant', content: '' }), chunk({ content: 'Fo' }), chunk({ content: 'ur — 世' }), finish('stop'), { ...chunk({}), choices: [], usage }, '[DONE]'), true),
  exchange('own-chat-stream-plain', 'openai.chat', chat({ stream: true }), 200, sse,
    lines(chunk({ role: 'assistant', content: '' }), chunk({ content: 'Four', reasoning_content: 'Hm.' }), finish('length'), '[DONE]'), true),
  exchange('own-chat-stream-tools', 'openai.chat', chat({ stream: true }), 200, sse,
    lines(chunk({ role: 'assistant', content: null }), callDelta(0, { id: 'call_a', type: 'function', function: { name: 'get_weather', arguments: '' } }), callDelta(0, { function: { arguments: '{"ci' } }), callDelta(0, { function: { arguments: 'ty":"Oslo"}' } }), callDelta(1, { id: 'call_b', type: 'function', function: { name: 'get_time', arguments: '{}' } }), finish('tool_calls'), '[DONE]'), true),
  exchange('own-chat-stream-crlf', 'openai.chat', chat({ stream: true }), 200, sse,
    lines(chunk({ role: 'assistant', content: 'Four' }), finish('stop'), '[DONE]').replaceAll('\n', '\r\n'), true),
  exchange('own-chat-refused', 'openai.chat', chat(), 400, json, { error: { message: 'No such thing.', type: 'invalid_request_error', param: 'messages[0]', code: 'odd' } }),
  exchange('own-chat-limited', 'openai.chat', chat(), 429, [...json, ['retry-after', '3']], { error: { message: 'Slow down.', type: 'tokens', param: null, code: 'rate_limit_exceeded' } }),
  exchange('own-messages', 'anthropic.messages', claude(), 200, json, {
    ...start.message, id: 'msg_2', stop_reason: 'tool_use', container: null, usage: { ...start.message.usage, output_tokens: 25 },
    content: [{ type: 'thinking', thinking: 'Hm.', signature: 'c2lnbmVk' }, { type: 'text', text: 'Let me look. 🌧', citations: null }, { type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: { city: 'Oslo', n: 1 } }],
  }),
  exchange('own-messages-stream', 'anthropic.messages', claude({ stream: true }), 200, sse, events(
    start, { type: 'ping' }, ...block(0, { type: 'thinking', thinking: '', signature: '' }, { type: 'thinking_delta', thinking: 'Hm — 世' }, { type: 'signature_delta', signature: 'c2lnbmVk' }),
    ...block(1, { type: 'text', text: '' }, { type: 'text_delta', text: 'Let ' }, { type: 'text_delta', text: 'me look.' }),
    ...block(2, { type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: {} }, { type: 'input_json_delta', partial_json: '' }, { type: 'input_json_delta', partial_json: '{"city":' }, { type: 'input_json_delta', partial_json: '"Oslo"}' }),
    ...end('tool_use')), true),
  exchange('own-messages-stream-error', 'anthropic.messages', claude({ stream: true }), 200, sse, events(
    start, { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }, { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Let ' } },
    { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }), true),
  exchange('own-messages-refused', 'anthropic.messages', claude(), 400, json, { type: 'error', error: { type: 'invalid_request_error', message: 'messages: odd' }, request_id: 'req_1' }),
  exchange('own-messages-overloaded', 'anthropic.messages', claude(), 529, json, { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' }, request_id: 'req_2' }),
];
