import type { Logger } from '@castellan/connector-sdk';
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, constants, existsSync, fchownSync, openSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type Home, prepareHome } from './account.js';
import { type Binaries, prepareBinaries } from './binaries.js';
import { prepareDataFolder, SUPERUSER, serverEnvironment } from './data-folder.js';
import { EmbeddedDatabaseError } from './embedded-error.js';
import { forgetOnExit, stopOnExit } from './exit-hooks.js';
import { HostLock, inUse } from './host-lock.js';
import { signalServer, stopOrphan, stopServer } from './orphan.js';
import { claimStandIn } from './stand-in.js';
import { makeSocketFolder, PORT, type SocketFolder } from './socket-folder.js';

export interface EmbeddedPostgresOptions {
  /** Belongs to the server alone: made 0700, and as root given to an unprivileged account. */
  readonly dataDir: string;
  readonly logger?: Logger;
  /** Of all hosts and people together. */
  readonly maxConnections?: number;
  /** For tests: where root's servers live when `dataDir` cannot be entered by their account. */
  readonly standInRoot?: string;
}

export interface EmbeddedPostgres {
  /** Understood by pg, TypeORM (as `connectionString`), BullMQ and psql. */
  readonly url: string;
  readonly pid: number;
  /** Where the files really are. */
  readonly folder: string;
  stop(): Promise<void>;
}

const DATABASE = 'castellan';
const MAX_CONNECTIONS = 100;
const LOG_LIMIT = 10 * 1024 * 1024;
const START_PATIENCE_MS = 300_000;

const SETTINGS = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  shared_buffers: '128MB',
  work_mem: '16MB',
  maintenance_work_mem: '64MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '10min',
  // During a first sync the tables outgrow what plans are made by within seconds. One database: a look at it costs nothing.
  autovacuum_naptime: '15s',
  // Nobody replicates an embedded server; less is written to the log of changes.
  wal_level: 'minimal',
  max_wal_senders: '0',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Rows and parameters of a statement are customers' data: they stay out of the server's log.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_parameter_max_length_on_error: '0',
} as const;

const SILENT: Logger = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** Starts the real PostgreSQL on a private Unix socket. @throws EmbeddedDatabaseError with a way out in its message. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const logger = options.logger ?? SILENT;
  const home = prepareHome(options.dataDir, options.standInRoot);
  await claimStandIn(home, logger);
  const lock = HostLock.take(home.folder);
  let sockets: SocketFolder | undefined;
  try {
    const binaries = prepareBinaries(home.folder);
    const dataFolder = await prepareDataFolder(home, binaries);
    await stopOrphan(dataFolder, logger);
    sockets = makeSocketFolder(home.folder, home.account);
    const maxConnections = options.maxConnections ?? MAX_CONNECTIONS;
    const server = await launch({ home, binaries, dataFolder, sockets, maxConnections });
    logger.info('embedded PostgreSQL is running', { version: binaries.version, folder: home.folder, pid: server.pid });
    return running(server, home, dataFolder, sockets, lock);
  } catch (error) {
    sockets?.remove();
    lock.release();
    throw error;
  }
}

interface Launched {
  readonly child: ChildProcess;
  readonly pid: number;
}

function running(server: Launched, home: Home, dataFolder: string, sockets: SocketFolder, lock: HostLock): EmbeddedPostgres {
  let stopping: Promise<void> | undefined;
  const hook = {
    stopNow: () => signalServer(server.pid, 'SIGINT'),
    stop: () => {
      stopping ??= (async () => {
        await stopServer(server.pid, dataFolder);
        sockets.remove();
        lock.release();
        forgetOnExit(hook);
      })();
      return stopping;
    },
  };
  stopOnExit(hook);
  return { url: urlOf(sockets, DATABASE), pid: server.pid, folder: home.folder, stop: hook.stop };
}

interface Launch {
  readonly home: Home;
  readonly binaries: Binaries;
  readonly dataFolder: string;
  readonly sockets: SocketFolder;
  readonly maxConnections: number;
}

async function launch(wanted: Launch): Promise<Launched> {
  const { home, dataFolder, sockets } = wanted;
  const end = Date.now() + START_PATIENCE_MS;
  for (;;) {
    const logFrom = logSize(home);
    const server = spawnServer(wanted);
    try {
      await whenReady(server, sockets, end);
      return server;
    } catch (error) {
      if (server.child.exitCode === null && server.child.signalCode === null) await stopServer(server.pid, dataFolder);
      const log = readFileSync(logFile(home), 'utf8').slice(logFrom);
      if (log.includes('lock file') && log.includes('already exists')) throw inUse(home.folder, undefined);
      // The postmaster was killed alone: its children notice within seconds and let the shared memory go.
      if (!log.includes('shared memory block') || Date.now() > end) throw notStarted(home, log, error);
      await sleep(200);
    }
  }
}

function spawnServer({ home, binaries, dataFolder, sockets, maxConnections }: Launch): Launched {
  const settings = Object.entries({ ...SETTINGS, max_connections: maxConnections }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const log = openLog(home);
  const child = spawn(binaries.postgres, ['-D', dataFolder, '-k', sockets.path, '-p', String(PORT), ...settings], {
    cwd: home.folder,
    env: serverEnvironment(),
    stdio: ['ignore', log, log],
    // A group of its own: Ctrl-C in the terminal must reach the host only, which closes first and then stops the server.
    detached: true,
    ...home.account,
  });
  closeSync(log);
  child.on('error', () => undefined); // reported below by its missing pid
  child.unref(); // a host that has nothing left to do may end; the exit hook stops the server
  if (child.pid === undefined) {
    throw new EmbeddedDatabaseError('not_started', `The embedded PostgreSQL in ${home.folder} cannot be executed.`);
  }
  return { child, pid: child.pid };
}

async function whenReady(server: Launched, sockets: SocketFolder, end: number): Promise<void> {
  for (;;) {
    if (server.child.exitCode !== null || server.child.signalCode !== null) throw new Error('the server ended');
    const socket = join(sockets.path, `.s.PGSQL.${PORT}`);
    // "starting up" after a crash is a refusal too: wait for as long as the server lives.
    if (existsSync(socket) && (await tryCreateDatabase(sockets))) return;
    if (Date.now() > end) throw new Error('the server did not accept a connection in time');
    await sleep(15);
  }
}

async function tryCreateDatabase(sockets: SocketFolder): Promise<boolean> {
  const client = new pg.Client({ connectionString: urlOf(sockets, 'postgres') });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch {
    return false;
  }
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    // An identifier cannot be a parameter; this one is a constant.
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
    return true;
  } finally {
    await client.end();
  }
}

function urlOf(sockets: SocketFolder, database: string): string {
  return `postgresql://${SUPERUSER}@localhost:${PORT}/${database}?host=${encodeURIComponent(sockets.path)}`;
}

function logFile(home: Home): string {
  return join(home.folder, 'server.log');
}

function logSize(home: Home): number {
  const file = logFile(home);
  const size = existsSync(file) ? statSync(file).size : 0;
  return size > LOG_LIMIT ? 0 : size;
}

function openLog(home: Home): number {
  const file = logFile(home);
  const start = existsSync(file) && statSync(file).size > LOG_LIMIT ? constants.O_TRUNC : 0;
  // Not through a link: the folder belongs to the server's account, and root must not write where that account points.
  const handle = openSync(
    file,
    constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | constants.O_NOFOLLOW | start,
    0o600,
  );
  if (home.account !== undefined) fchownSync(handle, home.account.uid, home.account.gid);
  return handle;
}

function notStarted(home: Home, log: string, cause: unknown): EmbeddedDatabaseError {
  const last = log.trim().split('\n').slice(-3).join(' | ');
  return new EmbeddedDatabaseError('not_started', `The embedded PostgreSQL in ${home.folder} did not start: ${last}`, {
    cause,
  });
}
