// Coding agents finish a task of one turn, and one with a tool turn, through Weir, with the simulator as their model.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { findAgent, platform, runAgent } from './harness/agents.mjs';
import { startPair } from './harness/weir.mjs';

// One word: opencode quotes what it takes from the command line.
const ANSWER = 'weir-holds-4711';
const TASK = `Answer this. [[sim echo=${ANSWER}]]`;
// The simulator's script (harness/weir.mjs) tells the agent to run a command, and answers when its result came back.
const TOOL_TASK = 'leave a mark';
const TOOL_ANSWER = 'weir-used-a-tool-4712';
const mark = ({ project }) => { const file = path.join(project, 'weir-was-here'); return existsSync(file) ? readFileSync(file, 'utf8').trim() : null; };
const LIMIT = 420_000;
const TRIPLES = {
  'linux-x64': 'x86_64-unknown-linux-musl', 'linux-arm64': 'aarch64-unknown-linux-musl', 'darwin-x64': 'x86_64-apple-darwin',
  'darwin-arm64': 'aarch64-apple-darwin', 'win32-x64': 'x86_64-pc-windows-msvc', 'win32-arm64': 'aarch64-pc-windows-msvc',
};
const codexFile = `@openai/codex-${platform}/vendor/${TRIPLES[platform]}/bin/codex${process.platform === 'win32' ? '.exe' : ''}`;
let weir;

before(async () => { weir = await startPair(); });
after(() => weir?.close());

async function callsOf(work) {
  const before = new Set((await weir.requests()).map((request) => request.id));
  const result = await work();
  const made = (await weir.requests()).filter((request) => !before.has(request.id));
  return { ...result, made };
}

/** Call, result, answer: at least two calls with tokens, and the command was really run. */
function assertToolTurn({ code, out, err, made, found }, model) {
  const story = `${out}\n${err}\n${JSON.stringify(made)}\n${weir.log.slice(-20).join('\n')}`;
  assert.equal(code, 0, story);
  assert.equal(found, 'weir', story);
  assert.match(out, new RegExp(TOOL_ANSWER), story);
  assert.ok(made.every((call) => call.outcome === 'ok' && call.status === 200), story);
  assert.ok(made.filter((call) => call.model === model && call.stream && call.tokens.output > 0).length >= 2, story);
}

describe('Claude Code', () => {
  const claude = (more = {}) => runAgent(agent.file, ['-p', more.task ?? TASK, '--model', more.model ?? 'claude-sonnet', ...(more.args ?? [])], {
    inspect: mark,
    env: {
      ANTHROPIC_BASE_URL: weir.api, ANTHROPIC_AUTH_TOKEN: weir.key, ANTHROPIC_SMALL_FAST_MODEL: more.model ?? 'claude-sonnet',
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1', DISABLE_AUTOUPDATER: '1', DISABLE_TELEMETRY: '1', DISABLE_ERROR_REPORTING: '1',
    },
  });
  let agent;
  before(() => { agent = findAgent(`@anthropic-ai/claude-code-${platform}/claude`, `@anthropic-ai/claude-code-${platform}/claude.exe`); });

  for (const [name, model] of [['an Anthropic upstream', 'claude-sonnet'], ['a chat upstream, translated', 'cross-claude']]) {
    test(`finishes a turn over ${name}`, { timeout: LIMIT }, async (t) => {
      if (!agent.file) return t.skip(agent.reason);
      const { code, out, err, made } = await callsOf(() => claude({ model }));
      assert.equal(code, 0, `${out}\n${err}\n${weir.log.slice(-20).join('\n')}`);
      assert.match(out, new RegExp(ANSWER));
      assert.ok(made.length > 0 && made.every((call) => call.outcome === 'ok' && call.status === 200), JSON.stringify(made));
      assert.ok(made.some((call) => call.model === model && call.stream && call.tokens.output > 0), JSON.stringify(made));
      t.diagnostic(made.map((call) => `${call.operation} ${call.model} ${call.tokens.input}+${call.tokens.output} tokens`).join('; '));
    });

    test(`uses a tool over ${name}`, { timeout: LIMIT }, async (t) => {
      if (!agent.file) return t.skip(agent.reason);
      assertToolTurn(await callsOf(() => claude({ model, task: TOOL_TASK, args: ['--allowedTools', 'Bash'] })), model);
    });
  }
});

describe('opencode', () => {
  const opencode = (model, task = TASK) => runAgent(agent.file, ['run', '--model', `weir/${model}`, task], {
    inspect: mark,
    env: { OPENCODE_DISABLE_AUTOUPDATE: '1', OPENCODE_DISABLE_MODELS_FETCH: '1', OPENCODE_DISABLE_DEFAULT_PLUGINS: '1', OPENCODE_DISABLE_LSP_DOWNLOAD: '1', WEIR_API_KEY: weir.key },
    prepare: ({ project }) => writeFileSync(path.join(project, 'opencode.json'), JSON.stringify({
      $schema: 'https://opencode.ai/config.json', autoupdate: false, share: 'disabled', small_model: `weir/${model}`, permission: { bash: 'allow' }, enabled_providers: ['weir'],
      provider: { weir: { npm: '@ai-sdk/openai-compatible', name: 'Weir', options: { baseURL: `${weir.api}/v1`, apiKey: '{env:WEIR_API_KEY}' }, models: { 'gpt-4o': { name: 'gpt-4o' }, 'cross-chat': { name: 'cross-chat' } } } },
    })),
  });
  let agent;
  before(() => {
    const system = platform.replace('win32', 'windows');
    agent = findAgent(`opencode-${system}/bin/opencode`, `opencode-${system}/bin/opencode.exe`, `opencode-${system}-baseline/bin/opencode`);
  });

  for (const [name, model] of [['a chat upstream', 'gpt-4o'], ['an Anthropic upstream, translated', 'cross-chat']]) {
    test(`finishes a turn over ${name}`, { timeout: LIMIT }, async (t) => {
      if (!agent.file) return t.skip(agent.reason);
      const { code, out, err, made } = await callsOf(() => opencode(model));
      assert.equal(code, 0, `${out}\n${err}\n${weir.log.slice(-20).join('\n')}`);
      assert.match(out, new RegExp(ANSWER));
      assert.ok(made.length > 0 && made.every((call) => call.outcome === 'ok' && call.status === 200), JSON.stringify(made));
      assert.ok(made.some((call) => call.model === model && call.stream && call.tokens.output > 0), JSON.stringify(made));
      t.diagnostic(made.map((call) => `${call.operation} ${call.model} ${call.tokens.input}+${call.tokens.output} tokens`).join('; '));
    });

    test(`uses a tool over ${name}`, { timeout: LIMIT }, async (t) => {
      if (!agent.file) return t.skip(agent.reason);
      assertToolTurn(await callsOf(() => opencode(model, TOOL_TASK)), model);
    });
  }
});

describe('Codex', () => {
  // A socket is tried first and refused with 426; nothing of that may reach the person.
  const codex = (model) => runAgent(agent.file, ['exec', '--skip-git-repo-check', '--sandbox', 'read-only', TASK], {
    env: { WEIR_API_KEY: weir.key },
    prepare: ({ home }) => {
      mkdirSync(path.join(home, '.codex'));
      writeFileSync(path.join(home, '.codex/config.toml'), `model = "${model}"
model_provider = "weir"
[model_providers.weir]
name = "Weir"
base_url = "${weir.api}/v1"
env_key = "WEIR_API_KEY"
wire_api = "responses"
supports_websockets = true
`);
    },
  });
  let agent;
  before(() => { agent = findAgent(codexFile); });

  for (const [name, model] of [['an OpenAI upstream', 'gpt-5'], ['a chat upstream, translated', 'cross-claude'], ['an Anthropic upstream, translated', 'cross-chat']]) {
    test(`finishes a turn over ${name}`, { timeout: LIMIT }, async (t) => {
      if (!agent.file) return t.skip(agent.reason);
      const { code, out, err, made } = await callsOf(() => codex(model));
      assert.equal(code, 0, `${out}\n${err}\n${weir.log.slice(-20).join('\n')}`);
      assert.match(out, new RegExp(ANSWER));
      assert.doesNotMatch(out + err, /Reconnecting/);
      assert.ok(made.length > 0 && made.every((call) => call.outcome === 'ok' && call.status === 200), JSON.stringify(made));
      assert.ok(made.some((call) => call.model === model && call.stream && call.tokens.output > 0), JSON.stringify(made));
      t.diagnostic(made.map((call) => `${call.operation} ${call.model} ${call.tokens.input}+${call.tokens.output} tokens`).join('; '));
    });
  }
});
