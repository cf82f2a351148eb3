// Finds the coding agents (installing them at first use) and runs them shut off from the world: a home of their own, loopback only.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { weirBinary } from './process.mjs';

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../agents');
const INSTALL_LIMIT = 600_000;
const NOWHERE = 'http://127.0.0.1:1';
let installed;

function install() {
  const run = spawnSync('npm', ['install', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder, encoding: 'utf8', timeout: INSTALL_LIMIT, shell: process.platform === 'win32' });
  return run.status === 0 ? null : (run.stderr || String(run.error ?? `ended with ${run.status ?? run.signal}`)).trim().split('\n').slice(-3).join(' | ');
}

/** The first of the files below agents/node_modules that exists (a native executable or a script for Node), or why there is none. */
export function findAgent(...names) {
  const look = () => names.map((name) => path.join(folder, 'node_modules', name)).find((file) => existsSync(file));
  let file = look();
  if (!file) {
    installed ??= { fault: install() };
    file = look();
  }
  // Install scripts are not run, and one of them is what makes the file executable.
  if (file) chmodSync(file, 0o755);
  return file ? { file } : { reason: installed.fault ? `the agents cannot be installed: ${installed.fault}` : `no build for ${process.platform} ${process.arch}` };
}

export const platform = `${process.platform}-${process.arch}`;

/**
 * Runs an agent in an empty project with an empty home, into which `weir setup` wrote its settings: once for each list of
 * arguments, until one fails. Resolves with the agent's output of each run and the last exit code, and what `inspect` finds in the project.
 * @param {{setup: string[], env?: Record<string, string>, prepare?: Function, inspect?: Function, limitMs?: number}} options
 * `setup`: arguments of `weir setup`. `prepare`: puts files there before it.
 */
export async function runAgent(file, runs, { setup, env, prepare, inspect, limitMs = 300_000 }) {
  const home = mkdtempSync(path.join(tmpdir(), 'weir-agent-'));
  const project = path.join(home, 'project');
  mkdirSync(project);
  // Nothing of the caller's environment but the search path: no keys, no settings. What is not on loopback goes to a proxy that is not there.
  const clean = {
    PATH: process.env.PATH, HOME: home, USERPROFILE: home, TMPDIR: tmpdir(), LANG: 'C.UTF-8',
    XDG_CONFIG_HOME: path.join(home, '.config'), XDG_DATA_HOME: path.join(home, '.local/share'), XDG_CACHE_HOME: path.join(home, '.cache'), XDG_STATE_HOME: path.join(home, '.local/state'),
    HTTP_PROXY: NOWHERE, HTTPS_PROXY: NOWHERE, NO_PROXY: '127.0.0.1,localhost',
  };
  try {
    prepare?.({ home, project });
    const done = await run(weirBinary(), ['setup', ...setup, '--data', path.join(home, 'weir')], { cwd: project, env: clean, limitMs });
    if (done.code !== 0) throw new Error(`weir setup ${setup[0]} ended with ${done.code}:\n${done.out}\n${done.err}`);
    const [command, ...first] = file.endsWith('.js') ? [process.execPath, file] : [file];
    const ended = [];
    for (const args of runs) {
      ended.push(await run(command, [...first, ...args], { cwd: project, env: { ...clean, ...env }, limitMs }));
      if (ended.at(-1).code !== 0) break;
    }
    return { outs: ended.map(({ out }) => out), errs: ended.map(({ err }) => err), code: ended.at(-1).code, found: inspect?.({ home, project }) };
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Runs a program to its end, and no longer than the limit; nothing it started outlives it. */
function run(command, args, { cwd, env, limitMs }) {
  const grouped = process.platform !== 'win32';
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: grouped });
    const kill = () => {
      try {
        if (grouped) process.kill(-child.pid, 'SIGKILL');
        else child.kill('SIGKILL');
      } catch { /* all of it has ended */ }
    };
    let out = '', err = '';
    child.stdout.setEncoding('utf8').on('data', (text) => { out += text; });
    child.stderr.setEncoding('utf8').on('data', (text) => { err += text; });
    const timer = setTimeout(() => { err += `\nstopped after ${limitMs} ms`; kill(); }, limitMs);
    child.once('error', (error) => { clearTimeout(timer); reject(error); });
    child.once('exit', kill);
    child.once('close', (code, signal) => { clearTimeout(timer); resolve({ code: code ?? signal, out, err }); });
  });
}
