import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { signIn } from '../local/administrator.mjs';
import { Api, refusePortInUse } from '../local/api.mjs';
import { connect } from '../local/connect.mjs';
import { Programs } from '../local/programs.mjs';
import { CommandFailed, turbo } from '../workspace.mjs';
import { Hosts } from './hosts.mjs';
import { startPages } from './pages.mjs';
import { Simulators } from './simulators.mjs';
import { Sources } from './sources.mjs';
import { transpile } from './transpile.mjs';
import { Types } from './types.mjs';
import { closure, readWorkspaces } from './workspaces.mjs';

const HOST = '@castellan/host';
const CLI = 'castellan-cli';
const OWNER = { file: 'sign-in.json', email: 'dev@castellan.example', name: 'Developer', workspace: 'Development' };

const say = (text) => process.stdout.write(`dev: ${text}\n`);

/**
 * Database, simulated organisations, host and the watch over the sources, until a signal comes. The database belongs to this
 * process: the host is replaced with each change, and would have to start PostgreSQL each time.
 */
export async function develop(root) {
  const programs = new Programs();
  try {
    await begin(root, programs);
  } catch (error) {
    if (programs.isStopping) return;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
    await programs.stopAll();
  }
}

async function begin(root, programs) {
  const port = Number(process.env.PORT ?? 4400);
  const dataDir = process.env.CASTELLAN_DATA_DIR ?? join(root, '.castellan', 'dev');
  await refusePortInUse(port, 'npm run dev');
  const workspaces = readWorkspaces(root);
  const compiled = [...workspaces.values()].filter(({ compiler }) => compiler !== undefined);
  const isBuilt = await build(compiled, programs);
  const databaseUrl = await openDatabase(programs, dataDir);
  const firstPort = process.env.CASTELLAN_DEMO_PORT === undefined ? undefined : Number(process.env.CASTELLAN_DEMO_PORT);
  const simulators = new Simulators(programs, dataDir, firstPort);
  const marked = workspaces.get(CLI).needs.map((name) => workspaces.get(name));
  await simulators.startAll(marked.filter(({ role }) => role === 'simulator'));
  const setupToken = randomBytes(24).toString('base64url');
  const allowed = [process.env.CASTELLAN_ALLOW_HOSTS, ...simulators.running.map(({ line }) => new URL(line.url).host)];
  const environment = {
    PORT: String(port),
    // A password of it is on the screen: only who sits here may use it.
    CASTELLAN_ADDRESS: '127.0.0.1',
    DATABASE_URL: databaseUrl,
    CASTELLAN_DATA_DIR: dataDir,
    CASTELLAN_ALLOW_HOSTS: allowed.filter(Boolean).join(','),
    CASTELLAN_SETUP_TOKEN: setupToken,
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
  };
  const hosts = new Hosts(environment, (code) => say(`the host has ended (${code}); the next save starts it again`));
  await programs.add(() => hosts.stopAll());
  const types = new Types(workspaces, say);
  await programs.add(() => types.stop());
  const sources = new Sources(compiled);
  await programs.add(() => sources.close());
  sources.watch((file) => say(`${relative(root, file)} was changed: Ctrl-C and "npm run dev" again take it in`));
  const loop = new Loop({ root, workspaces, hosts, simulators, types, sources });
  // Nobody writes here who does not write a connector.
  const isLive = await hosts.replace(true);
  if (programs.isStopping) return;
  if (!isBuilt) types.check(compiled);
  const pages = await startPages(root, port);
  await programs.add(() => pages.close());
  const welcome = () => introduce({ port, dataDir, setupToken, simulators, pages });
  if (isLive) await welcome();
  else say('the host did not start; the next save tries again');
  await loop.run(isLive ? undefined : welcome);
}

/** @returns `false`: types are wrong, and the code was built without them */
async function build(compiled, programs) {
  try {
    turbo('build');
    return true;
  } catch (error) {
    // A Ctrl-C ends the build too, and is heard of a moment later.
    await turn();
    if (programs.isStopping || !(error instanceof CommandFailed)) throw error;
  }
  const all = compiled.flatMap((workspace) => {
    const folder = join(workspace.folder, 'src');
    const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.ts'));
    return files.map((name) => ({ workspace, file: join(folder, name) }));
  });
  const failures = await transpile(all);
  for (const { message } of failures) process.stderr.write(`${message}\n`);
  if (failures.length > 0) throw new Error('This is no code yet: nothing was started.');
  say('the build has failed, see above; starting with what there is, without a look at its types');
  return false;
}

async function openDatabase(programs, dataDir) {
  const { dataPlaces, openDatabase: open } = await import('@castellan/storage');
  // The account of the database passes through.
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const database = await open({ url: process.env.DATABASE_URL, dataDir: dataPlaces(dataDir).postgres });
  await programs.add(() => database.stop());
  return database.url;
}

/** Signs in, connects what is simulated, and says what can be done now. */
async function introduce({ port, dataDir, setupToken, simulators, pages }) {
  const api = new Api(`http://127.0.0.1:${port}/api`);
  const { email, password } = await signIn(api, dataDir, setupToken, OWNER);
  const connectors = await api.call('GET', '/connectors');
  say(`Castellan runs at http://127.0.0.1:${port}. Sign in as ${email} with the password ${password}`);
  say(`its pages from their sources, as you save them: ${pages.url}`);
  for (const { workspace, line, file } of simulators.running) {
    const { id } = workspace;
    if (!connectors.some((connector) => connector.id === id)) {
      say(`nothing is connected to the simulated ${id}: the host has no connector of this id`);
      continue;
    }
    const { integration, isNew } = await connect(api, id, line.config);
    say(`${isNew ? 'connected' : 'found'} "${integration.name}" (${line.url}): GET ${api.url}/integrations/${integration.id}`);
    const config = relative(process.cwd(), file);
    say(`  npx castellan check ${id} --config ${config}`);
    say(`  npx castellan sync ${id} --config ${config} > records.jsonl`);
  }
  say('what you save below packages/ and apps/ is live a moment later. Ctrl-C stops everything.');
}

/** From what was saved to what runs. */
class Loop {
  #parts;
  /** Changes that could not be built: they are built with the next one. */
  #unbuilt = new Map();

  constructor(parts) {
    this.#parts = parts;
  }

  /** @param onFirstLive called when the host runs for the first time */
  async run(onFirstLive) {
    let welcome = onFirstLive;
    for (;;) {
      const changes = await this.#parts.sources.next();
      if (changes === undefined) return;
      const isLive = await this.#take(changes);
      if (!isLive || welcome === undefined) continue;
      await welcome();
      welcome = undefined;
    }
  }

  /** @returns whether a host runs with it */
  async #take(changes) {
    for (const change of changes) this.#unbuilt.set(change.file, change);
    const { root, workspaces, types } = this.#parts;
    const all = [...this.#unbuilt.values()];
    const savedAt = Math.max(...all.map(({ file }) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0)) || Date.now();
    const names = all.map(({ file }) => relative(root, file));
    const what = names.length > 3 ? `${names.length} files` : names.join(', ');
    const failures = await transpile(all);
    if (failures.length > 0) {
      for (const { message } of failures) process.stderr.write(`${message}\n`);
      say(`${what}: not built; what ran before goes on`);
      return false;
    }
    this.#unbuilt.clear();
    const changed = new Set(all.map(({ workspace }) => workspace));
    const isIn = (name) => [...closure(workspaces, name)].some((workspace) => changed.has(workspace));
    const [isLive] = await Promise.all([
      isIn(HOST) && this.#replaceHost(what, savedAt, changed),
      this.#restartSimulators(isIn),
    ]);
    if (isLive === false && !isIn(HOST)) say(`${what}: built`);
    types.check(changed);
    return isLive;
  }

  async #replaceHost(what, savedAt, changed) {
    const isLive = await this.#parts.hosts.replace([...changed].every(({ role }) => role === 'connector'));
    if (isLive) say(`${what}: live after ${((Date.now() - savedAt) / 1_000).toFixed(1)} s`);
    else say(`${what}: a host with it does not start; the one before goes on`);
    return isLive;
  }

  async #restartSimulators(isIn) {
    for (const { workspace } of this.#parts.simulators.running) {
      if (!isIn(workspace.name)) continue;
      try {
        await this.#parts.simulators.restart(workspace);
        say(`the simulated ${workspace.id} was started again`);
      } catch (error) {
        say(`the simulated ${workspace.id} does not start: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
}
