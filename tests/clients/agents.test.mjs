// Coding agents, set up by `weir setup`, answer a question and work through a session of tool calls, through Weir, with the simulator as their model.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { findAgent, platform, runAgent } from './harness/agents.mjs';
import { until } from './harness/until.mjs';
import { startPair } from './harness/weir.mjs';

// One word: opencode quotes what it takes from the command line.
const ANSWER = 'weir-holds-4711';
const TASK = `Answer this. [[sim echo=${ANSWER}]]`;
// The simulator's script (harness/weir.mjs): two commands at once, one that fails, one that reads what the first wrote, an answer;
// and in the same conversation, resumed by another process, one more command. Each round comes only once all results of the last are there.
const WORK = { words: 'leave a mark', answer: 'weir-used-tools-4712' };
const MORE_WORK = { words: 'renew a mark', answer: 'weir-came-back-4713' };
const MARKS = ['weir-was-here', 'weir-was-there', 'weir-came-again'];
const marks = ({ project }) => MARKS.filter((name) => existsSync(path.join(project, name)));
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
    turn: ['-p', TASK],
    session: [['-p', WORK.words, '--allowedTools', 'Bash'], ['--continue', '-p', MORE_WORK.words, '--allowedTools', 'Bash']],
  },
  {
    title: 'opencode', setup: 'opencode',
    files: [`opencode-${system}/bin/opencode`, `opencode-${system}/bin/opencode.exe`, `opencode-${system}-baseline/bin/opencode`],
    native: 'a chat upstream',
    env: { OPENCODE_DISABLE_AUTOUPDATE: '1', OPENCODE_DISABLE_MODELS_FETCH: '1', OPENCODE_DISABLE_DEFAULT_PLUGINS: '1', OPENCODE_DISABLE_LSP_DOWNLOAD: '1' },
    prepare: ({ home }) => file(path.join(home, '.config/opencode'), 'opencode.json', { autoupdate: false, share: 'disabled', permission: { bash: 'allow' }, enabled_providers: ['weir'] }),
    turn: ['run', TASK],
    session: [['run', WORK.words], ['run', '--continue', MORE_WORK.words]],
  },
  {
    title: 'Codex', setup: 'codex',
    files: [`@openai/codex-${platform}/vendor/${TRIPLES[platform]}/bin/codex${process.platform === 'win32' ? '.exe' : ''}`],
    native: 'a Responses upstream',
    prepare: ({ home }) => file(path.join(home, '.codex'), 'config.toml', 'check_for_update_on_startup = false\n\n[analytics]\nenabled = false\n'),
    // A socket is tried first and refused with 426; nothing of that may reach the person.
    turn: ['exec', '--strict-config', '--skip-git-repo-check', '--sandbox', 'read-only', '-c', 'model_providers.weir.supports_websockets=true', TASK],
    session: [['leave its mark'], ['resume', '--last', 'renew its mark']].map((more) => ['exec', '--strict-config', '--skip-git-repo-check', '--dangerously-bypass-approvals-and-sandbox', ...more]),
  },
  {
    title: 'Gemini CLI', setup: 'gemini',
    files: ['@google/gemini-cli/bundle/gemini.js'],
    native: 'a Gemini upstream',
    prepare: ({ home }) => file(path.join(home, '.gemini'), 'settings.json', { general: { enableAutoUpdate: false, enableAutoUpdateNotification: false }, privacy: { usageStatisticsEnabled: false } }),
    // Without a trusted folder it refuses to work unattended.
    turn: ['--skip-trust', '-p', TASK],
    // Not resumed: 0.61 then sends every result twice and no signatures, which Gemini itself refuses.
    session: [['--skip-trust', '--approval-mode', 'yolo', '-p', WORK.words]],
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

/** Sets the agent up for the model, lets it run so often, and waits for the ledger to have its calls. */
async function work(agent, model, runs, turns) {
  const known = new Set((await weir.requests()).map((request) => request.id));
  const served = (await weir.calls()).at(-1)?.sequence ?? 0;
  const result = await runAgent(agent.file, runs, {
    setup: [agent.setup, '--url', weir.api, '--key', weir.key, '--model', model], prepare: agent.prepare, env: agent.env, inspect: marks,
  });
  const story = () => `${result.outs.join('\n')}\n${result.errs.join('\n')}\n${JSON.stringify(made, null, 1)}\n${weir.log.slice(-20).join('\n')}`;
  let made = [];
  assert.equal(result.code, 0, story());
  await until(`${turns} streamed calls of ${model} in the ledger`, async () => {
    made = (await weir.requests()).filter((request) => !known.has(request.id));
    return made.every((call) => call.outcome) && made.filter((call) => call.model === model && call.stream && call.tokens.output > 0).length >= turns;
  }).catch((error) => assert.fail(`${error.message}\n${story()}`));
  // The simulator refuses a conversation whose results have no calls, or whose calls came back without the reasoning that was signed with them.
  assert.ok(made.every((call) => call.outcome === 'ok' && call.status === 200), story());
  assert.doesNotMatch(result.outs.join() + result.errs.join(), /Reconnecting/);
  return { ...result, made, asked: (await weir.calls()).filter((call) => call.sequence > served), story: story() };
}

for (const agent of AGENTS) {
  describe(agent.title, () => {
    let reason;
    before(() => { ({ file: agent.file, reason } = findAgent(...agent.files)); });

    test('answers a question', { timeout: LIMIT }, async (t) => {
      if (!agent.file) return t.skip(reason);
      const { outs, made, story } = await work(agent, MODELS[agent.native], [agent.turn], 1);
      assert.match(outs[0], new RegExp(ANSWER), story);
      t.diagnostic(made.map((call) => `${call.operation} ${call.model} ${call.tokens.input}+${call.tokens.output} tokens`).join('; '));
    });

    for (const [name, model] of Object.entries(MODELS).sort(([a], [b]) => Number(b === agent.native) - Number(a === agent.native))) {
      test(`works through a session over ${name === agent.native ? name : `${name}, translated`}`, { timeout: LIMIT }, async (t) => {
        if (!agent.file) return t.skip(reason);
        const resumes = agent.session.length > 1;
        const { outs, found, asked, story } = await work(agent, model, agent.session, resumes ? 6 : 4);
        assert.deepEqual(found, resumes ? MARKS : MARKS.slice(0, 2), story);
        assert.match(outs[0], new RegExp(WORK.answer), story);
        if (resumes) assert.match(outs[1], new RegExp(MORE_WORK.answer), story);
        // Every call brought the whole conversation: none, two results, three, four; resumed, the same four again and then the fifth.
        // What an agent asks beside it (for a title) brings none.
        const brought = asked.map((call) => call.tool_results).filter((count) => count > 0);
        assert.deepEqual(brought, resumes ? [2, 3, 4, 4, 5] : [2, 3, 4], story);
      });
    }
  });
}
