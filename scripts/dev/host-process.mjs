/**
 * A host of `npm run dev`. Nine tenths of a start are spent on loading, so that is done ahead: what others have written (NestJS,
 * TypeORM, the drivers), and for `LOADS=ours` the host and what is below it, too. The rest, connectors at least, is read when
 * the message "start" comes, as it is by then.
 */
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { root } from '../workspace.mjs';
import { closure, readWorkspaces } from './workspaces.mjs';

const HOST = '@castellan/host';

let host;
let starting;
let isStopping = false;

// A Ctrl-C reaches every program of the terminal: the one that has started this one says in which order they end.
process.on('SIGINT', () => undefined);
process.on('SIGHUP', () => undefined);
process.on('SIGTERM', () => void stop());
process.on('message', (message) => {
  if (message === 'start') starting = start();
  if (message === 'stop') void stop();
});
// What is sent to a program that does not listen yet is lost.
process.send('listens');
await loadOthers();
// What is wrong with ours is told by the start.
if (process.env.LOADS === 'ours') await importHost().catch(() => undefined);
process.send('waits');

/** Those of the host and of each package below it; one that cannot be loaded is missed in time by whoever imports it. */
async function loadOthers() {
  for (const { folder, others } of closure(readWorkspaces(root), HOST)) {
    for (const name of others) await importFrom(folder, name).catch(() => undefined);
  }
}

function importHost() {
  return importFrom(`${root}/apps/host`, HOST);
}

/** As a file of this folder would: a package may have another version of its own. */
async function importFrom(folder, name) {
  return import(import.meta.resolve(name, pathToFileURL(`${folder}/package.json`).href));
}

async function start() {
  try {
    const { readSettings, startHost } = await importHost();
    // Only from here on, for connectors: to read the maps of all that is below them is a quarter of a start.
    process.setSourceMapsEnabled(true);
    host = await startHost(readSettings(process.env, root));
    if (!isStopping) process.send('live');
  } catch (error) {
    // What is wrong with the settings is a sentence; anything else happened in somebody's code, and he wants to know where.
    const isSentence = error instanceof Error && error.name === 'StartError';
    process.stderr.write(`${isSentence ? error.message : inspect(error)}\n`);
    process.exit(1);
  }
}

async function stop() {
  if (isStopping) return;
  isStopping = true;
  await starting;
  await host?.close();
  process.exit(0);
}
