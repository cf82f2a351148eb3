// A simulator and a Weir in front of it, on free ports, over a data directory that goes with them.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { serve } from './process.mjs';
import { until } from './until.mjs';

export const KEY = 'wk-client-tests-0123456789abcdefghij';
const UPSTREAM_KEY = 'sk-upstream-0123456789';

/** What a coding agent is told to run: each round once the results of the last came back, an inner array at the same time; then the answer. */
const session = (contains, tool, call, rounds, echo) => ({
  match: { contains }, do: { tool, arguments: JSON.stringify(rounds.map((round) => (Array.isArray(round) ? round.map(call) : call(round)))), echo },
});
// Two commands at once, one that fails, one that reads what the first wrote.
const WORK = [['echo weir > weir-was-here', 'echo weir > weir-was-there'], 'cat weir-is-not-here', 'cat weir-was-here'];
const MORE_WORK = ['echo weir > weir-came-again'];

const RULES = {
  rules: [
    { match: { model: 'always-500' }, do: { status: 500 } },
    ...[['Bash,bash,run_shell_command', 'a mark', (command) => ({ command, description: 'Leaves a mark' })], ['exec_command', 'its mark', (cmd) => ({ cmd })]].flatMap(
      ([tool, mark, call]) => [
        session(`leave ${mark}`, tool, call, WORK, 'weir-used-tools-4712'),
        session(`renew ${mark}`, tool, call, MORE_WORK, 'weir-came-back-4713'),
      ]),
    { match: { contains: 'limited once', nth: 1 }, do: { status: 429, 'retry-after': '1ms' } },
  ],
};

function configuration(base, replay) {
  const provider = (name, kind, more) => ({
    name, kind, baseUrl: `${base}/v1`, credential: { fromEnv: 'UPSTREAM_KEY' }, allowPrivateNetwork: true, unknownObjects: replay ? 'pass' : 'refuse', models: '*', ...more,
  });
  return {
    server: { listen: '127.0.0.1:0', admin: '127.0.0.1:0' },
    providers: [
      provider('chat', 'openai'),
      provider('compatible', 'openai-compatible'),
      provider('claude', 'anthropic'),
      provider('gemini', 'gemini', { baseUrl: `${base}/v1beta` }),
      provider('vertex', 'vertex', { baseUrl: `${base}/v1/projects/p/locations/l/publishers/google` }),
      provider('nowhere', 'openai', { baseUrl: 'http://127.0.0.1:1/v1' }),
      provider('no-claude', 'anthropic', { baseUrl: 'http://127.0.0.1:1/v1' }),
    ],
    models: [
      { name: 'gpt-4o', targets: [{ provider: 'chat' }] },
      { name: 'gpt-5', targets: [{ provider: 'chat' }] },
      { name: 'compatible-model', targets: [{ provider: 'compatible', model: 'some-model' }] },
      { name: 'text-embedding-3-small', targets: [{ provider: 'chat' }] },
      { name: 'claude-sonnet', targets: [{ provider: 'claude', model: 'claude-sonnet-4-5' }] },
      { name: 'cross-chat', targets: [{ provider: 'claude', model: 'claude-sonnet-4-5' }] },
      { name: 'cross-claude', targets: [{ provider: 'compatible', model: 'gpt-4o' }] },
      { name: 'gemini-flash', targets: [{ provider: 'gemini', model: 'gemini-3-flash' }] },
      { name: 'gemini-2.5-flash', targets: [{ provider: 'gemini' }] },
      { name: 'gemini-embedding', targets: [{ provider: 'gemini', model: 'gemini-embedding-001' }] },
      { name: 'vertex-flash', targets: [{ provider: 'vertex', model: 'gemini-3-flash' }] },
      { name: 'gemini-over-chat', targets: [{ provider: 'compatible', model: 'gpt-4o' }] },
      { name: 'gemini-over-claude', targets: [{ provider: 'claude', model: 'claude-sonnet-4-5' }] },
      { name: 'second-answers', targets: [{ provider: 'nowhere', model: 'gpt-4o' }, { provider: 'chat', model: 'always-500' }, { provider: 'chat', model: 'gpt-4o' }] },
      { name: 'nobody-counts', targets: [{ provider: 'no-claude', model: 'claude-sonnet-4-5' }, { provider: 'compatible', model: 'gpt-4o' }] },
      { name: 'other-dialect-answers', targets: [{ provider: 'chat', model: 'always-500' }, { provider: 'claude', model: 'claude-sonnet-4-5' }] },
    ],
    keys: [
      { name: 'tests', secret: { fromEnv: 'CLIENT_KEY' } },
    ],
  };
}

async function startSimulator(folder, replay) {
  const script = path.join(folder, 'script.json');
  writeFileSync(script, JSON.stringify(RULES));
  const started = await serve(
    ['simulate', '--listen', '127.0.0.1:0', '--json', '--script', script, ...(replay ? ['--replay', replay] : [])],
    { read: (line) => (line.startsWith('{') ? JSON.parse(line).url : undefined) });
  return { ...started, base: started.value };
}

/**
 * @param {{replay?: string, env?: Record<string, string>, more?: (base: string) => {providers?: object[], models?: object[]}}} options
 * `env`: further environment variables of Weir.
 * `replay`: folder of recordings that the simulator serves too. `more`: further configuration, given the simulator's address.
 */
export async function startPair({ replay, more, env } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'weir-clients-'));
  const running = [];
  const close = async () => {
    for (const process of running.reverse()) await process.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const simulator = await startSimulator(folder, replay);
    running.push(simulator);
    const file = path.join(folder, 'weir.yaml');
    const written = configuration(simulator.base, replay);
    for (const [section, entries] of Object.entries(more?.(simulator.base) ?? {})) written[section].push(...entries);
    writeFileSync(file, JSON.stringify(written, null, 2));
    const data = path.join(folder, 'data');
    const weir = await serve(['up', '--config', file, '--data', data, '--json'], {
      env: { UPSTREAM_KEY, CLIENT_KEY: KEY, ...env },
      read: (line) => (line.startsWith('{') ? JSON.parse(line) : undefined),
    });
    running.push(weir);
    const { api, admin } = weir.value;
    await until('weir to be ready', async () => (await fetch(`${admin}/readyz`)).ok);
    return pair({ folder, close, api, admin, simulator: simulator.base, log: weir.log, token: readFileSync(path.join(data, 'admin.token'), 'utf8').trim() });
  } catch (error) {
    await close();
    throw error;
  }
}

function pair(it) {
  const json = async (url, headers) => {
    const response = await fetch(url, { headers });
    if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const asAdmin = { authorization: `Bearer ${it.token}` };
  return {
    ...it,
    key: KEY,
    /** What the simulator was asked, oldest first. */
    calls: () => json(`${it.simulator}/sim/calls`),
    /** The newest call whose request id the simulator answered with. */
    call: async (requestId) => (await json(`${it.simulator}/sim/calls`)).find((call) => call.request_id === requestId),
    reset: async () => { await fetch(`${it.simulator}/sim/reset`, { method: 'POST' }); },
    /** A call as the ledger has it, once it is settled. */
    settled: (id) => until(`the ledger to settle ${id}`, async () => {
      const detail = await json(`${it.admin}/admin/v1/requests/${id}`, asAdmin);
      return detail.attempts.every((attempt) => attempt.outcome) ? detail : null;
    }),
    requests: () => json(`${it.admin}/admin/v1/requests?limit=100`, asAdmin).then((list) => list.requests),
  };
}
