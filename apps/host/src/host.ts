import { randomUUID } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import type { Logger } from '@castellan/connector-sdk';
import { createHttpFactory, type OriginProgress } from '@castellan/http-client';
import { dataPlaces, keyFromFile, keyFromText, openStorage, type Storage } from '@castellan/storage';
import { type HttpSessions, loadConnectors, type RunWait, SyncEngine, type SyncEnginePorts } from '@castellan/sync-engine';
import type { NestApplicationOptions } from '@nestjs/common';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule, type IdentityParts } from './app.module.js';
import { StoredAuthentication } from './callers/authentication.js';
import { OidcProvider } from './oidc/oidc-provider.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { offerSetUp } from './set-up/set-up-offer.js';
import { Closing } from './closing.js';
import { ProviderActions } from './actions/provider-actions.js';
import { ConnectionTester } from './connectors/connection-tester.js';
import { ConnectorDesk } from './connectors/connector-desk.js';
import { configureEdge } from './edge/configure-edge.js';
import { exactAdapter } from './edge/exact-adapter.js';
import { OpenRequests } from './edge/open-requests.js';
import { pagesFolder } from './pages/pages-folder.js';
import { Readiness } from './health/readiness.js';
import { listen, requireFreePort } from './listening.js';
import { NestLogger } from './logging/nest-logger.js';
import { type RootLogger, rootLogger } from './logging/root-logger.js';
import { runLoggers } from './logging/run-loggers.js';
import { measureDatabase } from './metrics/database-metrics.js';
import { meteredRuns } from './metrics/metered-runs.js';
import { Metrics } from './metrics/metrics.js';
import { openQueues } from './queues.js';
import { type Route, routesOf } from './routes/routes.js';
import type { HostSettings } from './settings/host-settings.js';
import { StartError } from './settings/start-error.js';
import { DEFAULT_LIMITS, type Limits } from './throttle/limits.js';

export interface Host {
  /** `http://127.0.0.1:4400` */
  readonly url: string;
  /** Where the data is, for tools in the same process. Holds a password: never to be shown. */
  readonly databaseUrl: string;
  /** What it serves, and who may ask. */
  readonly routes: readonly Route[];
  /** Stops accepting, gives running syncs back, closes queue and database. Safe to call twice. */
  close(): Promise<void>;
}

/** What a caller in the same process may put in place of the default. */
export interface HostOptions {
  readonly logger?: RootLogger;
  /** What the person at the console has to know and no log may hold: the token of the first set-up. */
  readonly tell?: (text: string) => void;
  /** For benchmarks and tests, which ask for more than anybody else. */
  readonly limits?: Limits;
}

/** How long requests at work may take when the host stops. With what follows it must stay below the 10 s of a supervisor. */
const DRAIN_MS = 5_000;

/** With them a host of two cores is busy: most of a run is waiting. */
const DEFAULT_RUNS = 4;

/** @throws Error with one line that says what is wrong and what to do; nothing stays open then. */
export async function startHost(settings: HostSettings, options: HostOptions = {}): Promise<Host> {
  const logger = options.logger ?? rootLogger(settings.logLevel);
  const closing = new Closing();
  try {
    for (const warning of settings.warnings ?? []) logger.warn(warning);
    await requireFreePort(settings);
    const { url, storage, routes } = await assemble(settings, logger, options.limits ?? DEFAULT_LIMITS, closing);
    logger.info({ url, publicUrl: settings.publicUrl, role: settings.role }, 'host is listening');
    const offer =
      settings.role === 'worker' ? undefined : await offerSetUp(storage, settings.publicUrl ?? url, settings.setupToken);
    if (offer !== undefined) options.tell?.(offer);
    return { url, databaseUrl: storage.databaseUrl, routes, close: () => closing.run() };
  } catch (error) {
    await closing.run().catch((failure: unknown) => logger.warn({ err: failure }, 'closing after a failed start'));
    throw error;
  }
}

async function assemble(settings: HostSettings, logger: RootLogger, limits: Limits, closing: Closing): Promise<Assembled> {
  const loggers = runLoggers(logger);
  const log = loggers({}, []);
  const storage = await openDatabase(settings, log);
  closing.add(() => storage.close());
  const connectors = await loadConnectors(new URL('../package.json', import.meta.url), { strict: !settings.production });
  const isWorker = settings.role !== 'web';
  const runs = settings.runs ?? DEFAULT_RUNS;
  const queues = await openQueues(settings, storage, { runs, log, closing });
  const http = httpSessions(settings.allowedHosts);
  const environment = { allowedHosts: settings.allowedHosts };
  const tester = new ConnectionTester({ http, loggers, shutdown: queues.queue.shutdown });
  const providerActions = new ProviderActions({ http, loggers, shutdown: queues.queue.shutdown });
  const desk = new ConnectorDesk(connectors, tester, environment);
  const metrics = new Metrics();
  measureDatabase(metrics, storage);
  const meter = meteredRuns(metrics);
  const engine = engineOf(settings, {
    runs: storage.runStore,
    integrations: storage.integrationStore,
    connectors,
    http,
    loggers,
    meter,
  });
  const readiness = new Readiness();
  let url = '';
  const identity = await identityParts(settings, () => settings.publicUrl ?? url);
  const authentication = new StoredAuthentication(storage, settings.sessions.idleSeconds);
  const { allowedWebhookHosts, publicUrl, mail, pollSeconds } = settings;
  const anchorLog = settings.logLevel === 'silent' ? log : runLoggers(logger.child({}, { level: 'info' }))({}, []);
  const parts = { storage, desk, ...queues, providerActions, engine, log, anchorLog, authentication, identity };
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.register({
      ...parts,
      isWorker,
      callerWatch: authentication,
      allowedWebhookHosts,
      publicUrl,
      mail,
      pollSeconds,
      limits,
      metrics,
      readiness,
    }),
    exactAdapter(),
    nestOptions(logger),
  );
  closing.add(() => app.close());
  const openRequests = new OpenRequests();
  configureEdge(app, { settings, logger, metrics, openRequests, pagesFolder: pagesOf(settings, logger) });
  closing.add(async () => {
    readiness.end();
    // Runs and looks are given back meanwhile. A failure of a queue is told by its own step.
    const given = Object.values(queues).map((each) => each.close().catch(() => undefined));
    await Promise.all([openRequests.drain(DRAIN_MS), ...given]);
  });
  url = await listen(app, settings);
  return { url, storage, routes: routesOf(app.get(ModulesContainer)) };
}

function engineOf({ allowedHosts, runs = DEFAULT_RUNS, leaseMs, turnMs }: HostSettings, ports: SyncEnginePorts): SyncEngine {
  return new SyncEngine(ports, {
    owner: `${hostname()} ${process.pid} ${randomUUID()}`,
    environment: { allowedHosts },
    // The last place is for polls, unless it is the only one.
    fullAtOnce: Math.max(1, runs - 1),
    ...(leaseMs !== undefined && { leaseMs }),
    ...(turnMs !== undefined && { turnMs }),
  });
}

function nestOptions(logger: RootLogger): NestApplicationOptions {
  return {
    logger: new NestLogger(logger),
    abortOnError: false,
    bodyParser: false,
    // A browser keeps its connections open for minutes; a stop must not wait for them.
    forceCloseConnections: true,
  };
}

function pagesOf({ pages, role }: HostSettings, logger: RootLogger): string | undefined {
  if (pages !== true || role === 'worker') return undefined;
  const folder = pagesFolder();
  if (folder === undefined) logger.warn('The web app is not built (npm run build): this host serves its API alone.');
  return folder;
}

interface Assembled extends Pick<Host, 'url' | 'routes'> {
  readonly storage: Storage;
}

async function identityParts({ oidc, sessions }: HostSettings, url: () => string): Promise<IdentityParts> {
  const provider = oidc && new OidcProvider(oidc, () => new URL('/api/oidc/callback', url()).href);
  return { hasher: await PasswordHasher.create(), sessions, oidc: provider };
}

function openDatabase(settings: HostSettings, logger: Logger): Promise<Storage> {
  const { dataDir, key, previousKey, production, databaseUrl, databaseOwnerUrl, runsOfWorkspace } = settings;
  const { keyFile, postgres } = dataPlaces(dataDir);
  prepareDataFolder(dataDir);
  // In production a key that nobody has a copy of must not come into being by itself, and nowhere beside a database that
  // another one has sealed: it would look like the one that was lost.
  const create = !production && (databaseUrl !== undefined || !existsSync(postgres));
  const keys = key === undefined ? keyFromFile(keyFile, { create }) : keyFromText(key, previousKey);
  return openStorage({ runsOfWorkspace, url: databaseUrl, ownerUrl: databaseOwnerUrl, dataDir: postgres, key: keys, logger });
}

/** @throws StartError when nothing can be written there. */
function prepareDataFolder(dataDir: string): void {
  try {
    // Before the key file does it with 0700: the database below may run as another user, who must pass through.
    makeFolder(dataDir);
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    const text = `The data folder ${dataDir} cannot be written${why}. Give this user the folder, or set CASTELLAN_DATA_DIR to another.`;
    throw new StartError(text, { cause });
  }
}

/** Level by level: `recursive` never returns where a folder cannot have folders in it (`/proc`, Node 20). */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o711 });
}

/** Each run and each test has sockets of its own, which end with it. */
function httpSessions(allowedHosts: readonly string[]): HttpSessions {
  return {
    open: ({ signal, logger }) => {
      const http = createHttpFactory({ allowedHosts, signal, logger });
      return { factory: http.factory, waits: () => waitsOf(http.progress()), close: () => http.close() };
    },
  };
}

function waitsOf(buckets: readonly OriginProgress[]): readonly RunWait[] {
  return buckets.flatMap(({ name, wait, waiting }) =>
    wait === null || waiting === 0 ? [] : [{ bucket: name, until: wait.until.toISOString(), reason: wait.reason }],
  );
}
