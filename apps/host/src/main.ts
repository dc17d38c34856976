import type { Host } from './host.js';
import { readSettings } from './settings/host-settings.js';
import { startFailure } from './settings/start-error.js';

/** A stop that hangs must not keep a supervisor waiting: the leases and the database recover from a hard end. */
const STOP_LIMIT_MS = 9_500;

let starting: Promise<Host> | undefined;
let stopping = false;

function stop(): void {
  // The second Ctrl-C of an impatient person changes nothing: the limit is near.
  if (stopping) return;
  stopping = true;
  setTimeout(() => fail('did not stop cleanly')(new Error('It took too long.')), STOP_LIMIT_MS).unref();
  Promise.resolve(starting)
    .then((host) => host?.close())
    .then(() => process.exit(0), fail('did not stop cleanly'));
}

function fail(what: string) {
  return (error: unknown): never => {
    process.stderr.write(`Castellan ${what}: ${startFailure(error)}\n`);
    process.exit(1);
  };
}

/** Settings first: who has mistyped one need not wait until all of the host is loaded. */
async function start(): Promise<Host> {
  const settings = readSettings(process.env, process.cwd());
  const { startHost } = await import('./host.js');
  return startHost(settings, { tell: (text) => void process.stderr.write(text) });
}

// Before anything else: a stop in the middle of the start must not leave a database behind. SIGHUP is a closed terminal.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
try {
  starting = start();
  await starting;
} catch (error) {
  fail('cannot start')(error);
}
