import { startHost } from './host.js';
import { readSettings } from './settings/host-settings.js';
import { startFailure } from './settings/start-error.js';

/** A stop that hangs must not keep a supervisor waiting: the leases and the database recover from a hard end. */
const STOP_LIMIT_MS = 9_500;

try {
  const starting = startHost(readSettings(process.env, process.cwd()));
  let stopping = false;
  const stop = (): void => {
    // The second Ctrl-C of an impatient person changes nothing: the limit is near.
    if (stopping) return;
    stopping = true;
    setTimeout(() => fail('did not stop cleanly')(new Error('It took too long.')), STOP_LIMIT_MS).unref();
    starting.then((host) => host.close()).then(() => process.exit(0), fail('did not stop cleanly'));
  };
  // From the first moment: a stop in the middle of the start must not leave a database behind.
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  await starting;
} catch (error) {
  fail('cannot start')(error);
}

function fail(what: string) {
  return (error: unknown): never => {
    process.stderr.write(`Castellan ${what}: ${startFailure(error)}\n`);
    process.exit(1);
  };
}
