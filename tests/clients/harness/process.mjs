// Starts the weir executable and waits for the line that says where it listens.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');

/** The executable under test: WEIR_BIN, else the published one, else the Release build. */
export function weirBinary() {
  const places = [process.env.WEIR_BIN, path.join(root, 'out/weir'), path.join(root, 'src/Weir/bin/Release/net10.0/weir')];
  const found = places.filter(Boolean).find((place) => existsSync(place));
  if (!found) throw new Error(`No weir executable. Set WEIR_BIN or build src/Weir; looked at: ${places.filter(Boolean).join(', ')}`);
  return path.resolve(found);
}

/** Folder of reference data that lives outside the repository, or null. */
export function sharedFolder() {
  const place = process.env.WEIR_SHARED ?? path.join(root, '../shared');
  return existsSync(place) ? place : null;
}

/** Runs `weir ...args`; resolves with the first line of its output that `read` turns into something. */
export async function serve(args, { env = {}, read }) {
  const child = spawn(weirBinary(), args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const log = [];
  const exited = new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)));
  createInterface({ input: child.stderr }).on('line', (line) => {
    log.push(line);
    if (log.length > 500) log.shift();
  });
  const ready = new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      log.push(line);
      const value = read(line);
      if (value !== undefined) resolve(value);
    });
    child.once('error', reject);
    exited.then((code) => reject(new Error(`weir ${args[0]} ended (${code}):\n${log.join('\n')}`)));
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await exited;
      clearTimeout(timer);
    }
  };
  try {
    return { value: await ready, log, stop, pid: child.pid };
  } catch (error) {
    await stop();
    throw error;
  }
}
