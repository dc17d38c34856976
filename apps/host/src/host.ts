import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import type { Logger } from '@castellan/connector-sdk';
import { createHttpFactory, type OriginProgress } from '@castellan/http-client';
import { SyncQueue } from '@castellan/scheduling';
import { dataPlaces, keyFromFile, keyFromText, openStorage, type Storage } from '@castellan/storage';
import { type HttpSessions, loadConnectors, type RunWait, SyncEngine } from '@castellan/sync-engine';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';
import { LOCAL } from './callers/local-caller.js';
import { Closing } from './closing.js';
import { ConnectionTester } from './connectors/connection-tester.js';
import { ConnectorDesk } from './connectors/connector-desk.js';
import { configureEdge } from './http-edge.js';
import { NestLogger } from './logging/nest-logger.js';
import { type RootLogger, rootLogger } from './logging/root-logger.js';
import { runLoggers } from './logging/run-loggers.js';
import type { HostSettings } from './settings/host-settings.js';
import { StartError } from './settings/start-error.js';

export interface Host {
  /** `http://127.0.0.1:4400` */
  readonly url: string;
  /** Stops accepting, gives running syncs back, closes queue and database. Safe to call twice. */
  close(): Promise<void>;
}

/** What a caller in the same process may put in place of the default. */
export interface HostOptions {
  readonly logger?: RootLogger;
}

/** Loopback until there is sign-in: whoever reaches the port may do everything. */
const ADDRESS = '127.0.0.1';

/** @throws Error with one line that says what is wrong and what to do; nothing stays open then. */
export async function startHost(settings: HostSettings, options: HostOptions = {}): Promise<Host> {
  const logger = options.logger ?? rootLogger(settings.logLevel);
  const closing = new Closing();
  try {
    const port = await assemble(settings, logger, closing);
    const url = `http://${ADDRESS}:${port}`;
    logger.info({ url }, 'host is listening; there is no sign-in yet, so on this machine only');
    return { url, close: () => closing.run() };
  } catch (error) {
    await closing.run().catch((failure: unknown) => logger.warn({ err: failure }, 'closing after a failed start'));
    throw error;
  }
}

async function assemble(settings: HostSettings, logger: RootLogger, closing: Closing): Promise<number> {
  const loggers = runLoggers(logger);
  const log = loggers({}, []);
  const storage = await openDatabase(settings, log);
  closing.add(() => storage.close());
  const connectors = await loadConnectors(new URL('../package.json', import.meta.url), { strict: !settings.production });
  const queue = await SyncQueue.open({ connectionString: storage.databaseUrl, log });
  closing.add(() => queue.close());
  const http = httpSessions(settings.allowedHosts);
  const environment = { allowedHosts: settings.allowedHosts };
  const tester = new ConnectionTester({ http, loggers, shutdown: queue.shutdown });
  const desk = new ConnectorDesk(connectors, tester, environment);
  const engine = new SyncEngine(
    { runs: storage.runStore, integrations: storage.integrationStore, connectors, http, loggers },
    {
      owner: `${hostname()} ${process.pid} ${randomUUID()}`,
      environment,
      ...(settings.leaseMs !== undefined && { leaseMs: settings.leaseMs }),
    },
  );
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.register({ storage, desk, queue, engine, log, authentication: LOCAL, pollSeconds: settings.pollSeconds }),
    {
      logger: new NestLogger(logger),
      abortOnError: false,
      bodyParser: false,
      // A browser keeps its connections open for minutes; a stop must not wait for them.
      forceCloseConnections: true,
    },
  );
  closing.add(() => app.close());
  configureEdge(app, logger);
  return listen(app, settings.port);
}

function openDatabase(settings: HostSettings, logger: Logger): Promise<Storage> {
  const { dataDir, key, previousKey, production, databaseUrl, databaseOwnerUrl } = settings;
  const { keyFile, postgres } = dataPlaces(dataDir);
  // Before the key file does it with 0700: the database below may run as another user, who must pass through.
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  // In production a key that nobody has a copy of must not come into being by itself.
  const keys = key === undefined ? keyFromFile(keyFile, { create: !production }) : keyFromText(key, previousKey);
  return openStorage({ url: databaseUrl, ownerUrl: databaseOwnerUrl, dataDir: postgres, key: keys, logger });
}

async function listen(app: NestExpressApplication, port: number): Promise<number> {
  try {
    await app.listen(port, ADDRESS);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause;
    if (cause.code === 'EADDRINUSE') {
      throw new StartError(`Port ${port} is in use. Stop the other program, or set PORT to a free port.`, { cause });
    }
    if (cause.code === 'EACCES') throw new StartError(`Port ${port} is reserved. Set PORT to one above 1023.`, { cause });
    throw cause;
  }
  // Of a TCP server that listens.
  return (app.getHttpServer().address() as AddressInfo).port;
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
