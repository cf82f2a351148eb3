// Coding agents, set up by `weir setup`, finish a task of one turn, and one with a tool turn, through Weir, with the simulator as their model.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { findAgent, platform, runAgent } from './harness/agents.mjs';
import { until } from './harness/until.mjs';
import { startPair } from './harness/weir.mjs';

// One word: opencode quotes what it takes from the command line.
const ANSWER = 'weir-holds-4711';
const TASK = `Answer this. [[sim echo=${ANSWER}]]`;
// The simulator's script (harness/weir.mjs) tells the agent to run a command, and answers when its result came back.
const TOOL_TASK = 'leave a mark';
const TOOL_ANSWER = 'weir-used-a-tool-4712';
const mark = ({ project }) => { const file = path.join(project, 'weir-was-here'); return existsSync(file) ? readFileSync(file, 'utf8').trim() : null; };
const LIMIT = 660_000;
const TRIPLES = {
  'linux-x64': 'x86_64-unknown-linux-musl', 'linux-arm64': 'aarch64-unknown-linux-musl', 'darwin-x64': 'x86_64-apple-darwin',
  'darwin-arm64': 'aarch64-apple-darwin', 'win32-x64': 'x86_64-pc-windows-msvc', 'win32-arm64': 'aarch64-pc-windows-msvc',
};
const system = platform.replace('win32', 'windows');

const MODELS = {
  'an Anthropic upstream': 'claude-sonnet',
  'a chat upstream': 'cross-claude',
  'a Responses upstream': 'over-responses',
  'a Gemini upstream': 'gemini-flash',
};

/** Files a person might have already; `weir setup` keeps what is in them. */
const file = (folder, name, text) => { mkdirSync(folder, { recursive: true }); writeFileSync(path.join(folder, name), typeof text === 'string' ? text : JSON.stringify(text)); };

const AGENTS = [
  {
    title: 'Claude Code', setup: 'claude-code',
    files: [`@anthropic-ai/claude-code-${platform}/claude`, `@anthropic-ai/claude-code-${platform}/claude.exe`],
    native: 'an Anthropic upstream',
    env: { CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1', DISABLE_AUTOUPDATER: '1', DISABLE_TELEMETRY: '1', DISABLE_ERROR_REPORTING: '1' },
    turn: ['-p', TASK], toolTurn: ['-p', TOOL_TASK, '--allowedTools', 'Bash'],
  },
  {
    title: 'opencode', setup: 'opencode',
    files: [`opencode-${system}/bin/opencode`, `opencode-${system}/bin/opencode.exe`, `opencode-${system}-baseline/bin/opencode`],
    native: 'a chat upstream',
    env: { OPENCODE_DISABLE_AUTOUPDATE: '1', OPENCODE_DISABLE_MODELS_FETCH: '1', OPENCODE_DISABLE_DEFAULT_PLUGINS: '1', OPENCODE_DISABLE_LSP_DOWNLOAD: '1' },
    prepare: ({ home }) => file(path.join(home, '.config/opencode'), 'opencode.json', { autoupdate: false, share: 'disabled', permission: { bash: 'allow' }, enabled_providers: ['weir'] }),
    turn: ['run', TASK], toolTurn: ['run', TOOL_TASK],
  },
  {
    title: 'Codex', setup: 'codex',
    files: [`@openai/codex-${platform}/vendor/${TRIPLES[platform]}/bin/codex${process.platform === 'win32' ? '.exe' : ''}`],
    native: 'a Responses upstream',
    prepare: ({ home }) => file(path.join(home, '.codex'), 'config.toml', 'check_for_update_on_startup = false\n\n[analytics]\nenabled = false\n'),
    // A socket is tried first and refused with 426; nothing of that may reach the person.
    turn: ['exec', '--strict-config', '--skip-git-repo-check', '--sandbox', 'read-only', '-c', 'model_providers.weir.supports_websockets=true', TASK],
    toolTurn: ['exec', '--strict-config', '--skip-git-repo-check', '--dangerously-bypass-approvals-and-sandbox', 'leave its mark'],
  },
  {
    title: 'Gemini CLI', setup: 'gemini',
    files: ['@google/gemini-cli/bundle/gemini.js'],
    native: 'a Gemini upstream',
    prepare: ({ home }) => file(path.join(home, '.gemini'), 'settings.json', { general: { enableAutoUpdate: false, enableAutoUpdateNotification: false }, privacy: { usageStatisticsEnabled: false } }),
    // Without a trusted folder it refuses to work unattended.
    turn: ['--skip-trust', '-p', TASK], toolTurn: ['--skip-trust', '--approval-mode', 'yolo', '-p', TOOL_TASK],
  },
];

let weir;
before(async () => {
  weir = await startPair({
    more: (base) => ({
      providers: [{ name: 'responses', kind: 'openai', baseUrl: `${base}/v1`, credential: { fromEnv: 'UPSTREAM_KEY' }, allowPrivateNetwork: true, models: '*', dialects: { 'openai-responses': null } }],
      models: [{ name: 'over-responses', targets: [{ provider: 'responses', model: 'gpt-5' }] }],
    }),
  });
});
after(() => weir?.close());

/** Sets the agent up for the model, lets it do the task, and waits for the ledger to have its calls. */
async function work(agent, model, args, turns) {
  const known = new Set((await weir.requests()).map((request) => request.id));
  const result = await runAgent(agent.file, args, {
    setup: [agent.setup, '--url', weir.api, '--key', weir.key, '--model', model], prepare: agent.prepare, env: agent.env, inspect: mark,
  });
  const story = () => `${result.out}\n${result.err}\n${JSON.stringify(made, null, 1)}\n${weir.log.slice(-20).join('\n')}`;
  let made = [];
  assert.equal(result.code, 0, story());
  await until(`${turns} streamed calls of ${model} in the ledger`, async () => {
    made = (await weir.requests()).filter((request) => !known.has(request.id));
    return made.every((call) => call.outcome) && made.filter((call) => call.model === model && call.stream && call.tokens.output > 0).length >= turns;
  }).catch((error) => assert.fail(`${error.message}\n${story()}`));
  assert.ok(made.every((call) => call.outcome === 'ok' && call.status === 200), story());
  assert.doesNotMatch(result.out + result.err, /Reconnecting/);
  return { ...result, made, story: story() };
}

for (const agent of AGENTS) {
  describe(agent.title, () => {
    let reason;
    before(() => { ({ file: agent.file, reason } = findAgent(...agent.files)); });

    for (const [name, model] of Object.entries(MODELS).sort(([a], [b]) => Number(b === agent.native) - Number(a === agent.native))) {
      const over = name === agent.native ? name : `${name}, translated`;

      test(`finishes a turn over ${over}`, { timeout: LIMIT }, async (t) => {
        if (!agent.file) return t.skip(reason);
        const { out, made, story } = await work(agent, model, agent.turn, 1);
        assert.match(out, new RegExp(ANSWER), story);
        t.diagnostic(made.map((call) => `${call.operation} ${call.model} ${call.tokens.input}+${call.tokens.output} tokens`).join('; '));
      });

      // Call, result, answer; and the command was really run.
      test(`uses a tool over ${over}`, { timeout: LIMIT }, async (t) => {
        if (!agent.file) return t.skip(reason);
        const { out, found, story } = await work(agent, model, agent.toolTurn, 2);
        assert.equal(found, 'weir', story);
        assert.match(out, new RegExp(TOOL_ANSWER), story);
      });
    }
  });
}
