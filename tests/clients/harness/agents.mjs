// Finds the coding agents (installing them at first use) and runs them shut off from the world: a home of their own, loopback only.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../agents');
const INSTALL_LIMIT = 600_000;
let installed;

function install() {
  const run = spawnSync('npm', ['install', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder, encoding: 'utf8', timeout: INSTALL_LIMIT, shell: process.platform === 'win32' });
  return run.status === 0 ? null : (run.stderr || String(run.error ?? `ended with ${run.status ?? run.signal}`)).trim().split('\n').slice(-3).join(' | ');
}

/** The first of the native executables below agents/node_modules that exists, or why there is none. */
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

/** Runs an agent in an empty project with an empty home. Resolves with its output, exit code, and what `inspect` finds in the project. */
export async function runAgent(file, args, { env, prepare, inspect, limitMs = 300_000 }) {
  const home = mkdtempSync(path.join(tmpdir(), 'weir-agent-'));
  const project = path.join(home, 'project');
  mkdirSync(project);
  prepare?.({ home, project });
  // Nothing of the caller's environment but the search path: no keys, no proxies, no settings.
  const clean = { PATH: process.env.PATH, HOME: home, USERPROFILE: home, TMPDIR: tmpdir(), LANG: 'C.UTF-8', XDG_CONFIG_HOME: path.join(home, '.config'), XDG_DATA_HOME: path.join(home, '.local/share'), XDG_CACHE_HOME: path.join(home, '.cache'), XDG_STATE_HOME: path.join(home, '.local/state'), ...env };
  try {
    return await new Promise((resolve, reject) => {
      const child = spawn(file, args, { cwd: project, env: clean, stdio: ['ignore', 'pipe', 'pipe'] });
      let out = '', err = '';
      child.stdout.setEncoding('utf8').on('data', (text) => { out += text; });
      child.stderr.setEncoding('utf8').on('data', (text) => { err += text; });
      const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
      child.once('error', (error) => { clearTimeout(timer); reject(error); });
      child.once('close', (code, signal) => { clearTimeout(timer); resolve({ code: code ?? signal, out, err, found: inspect?.({ home, project }) }); });
    });
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}
