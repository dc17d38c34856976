import type { Logger } from '@castellan/connector-sdk';
import type { IntegrationStore, RunStore } from '@castellan/sync-engine';
import { AuditLog } from './audit/audit-log.js';
import { connect } from './database/connect.js';
import type { Database } from './database/database.js';
import { openDatabase } from './database/open-database.js';
import { type CanonicalDump, canonicalDump } from './dump/canonical-dump.js';
import { HoldRepository } from './holds/hold-repository.js';
import { DeletedIntegrations } from './integrations/deleted-integrations.js';
import { IntegrationFactsReader } from './integrations/integration-facts.js';
import { IntegrationRepository } from './integrations/integration-repository.js';
import { PgIntegrationStore } from './integrations/pg-integration-store.js';
import { RecordRepository } from './records/record-repository.js';
import { PgRunStore } from './runs/pg-run-store.js';
import { RunRepository } from './runs/run-repository.js';
import { RunSchedule } from './runs/run-schedule.js';
import { checkMasterKey } from './secrets/key-check.js';
import type { KeyProvider } from './secrets/master-key.js';
import { SealedSecrets } from './secrets/sealed-secrets.js';
import { StreamRepository } from './streams/stream-repository.js';

/** Made by the first migration. */
export const DEFAULT_WORKSPACE_ID = '00000000-0000-4000-8000-000000000001';

export interface StorageOptions {
  /** `DATABASE_URL`; without it the embedded server runs in `dataDir`. */
  readonly url?: string | undefined;
  /** Belongs to the embedded server alone: do not put the key file or anything else into it. */
  readonly dataDir: string;
  readonly key: KeyProvider;
  readonly logger: Logger;
  readonly poolSize?: number;
}

export interface Storage {
  /** For BullMQ and other users of the same database. */
  readonly databaseUrl: string;
  /** Ports of the sync engine. */
  readonly runStore: RunStore;
  readonly integrationStore: IntegrationStore;
  /** For the host's API. */
  readonly integrations: IntegrationRepository;
  readonly integrationFacts: IntegrationFactsReader;
  readonly deletedIntegrations: DeletedIntegrations;
  readonly runs: RunRepository;
  readonly schedule: RunSchedule;
  readonly records: RecordRepository;
  readonly holds: HoldRepository;
  readonly streams: StreamRepository;
  readonly audit: AuditLog;
  /** All that `work` changes, or nothing; see Database. */
  transaction<T>(work: () => Promise<T>): Promise<T>;
  /** @throws Error when the database does not answer. */
  ping(): Promise<void>;
  canonicalDump(integrationId: string, onLine?: (line: string) => void): Promise<CanonicalDump>;
  /** Closes the connections, then stops the embedded server. */
  close(): Promise<void>;
}

/** A database on the current schema, opened with the right key. Every error has a message that says the way out. */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  // First: a wrong setting of the key should not start a server.
  const master = await options.key.masterKey();
  const opened = await openDatabase(options);
  let database: Database | undefined;
  try {
    database = await connect(opened.url, options.poolSize ?? 10, options.logger);
    await checkMasterKey(database, master);
    return build(database, opened, new SealedSecrets(master));
  } catch (error) {
    await database?.source.destroy();
    await opened.stop();
    throw error;
  }
}

function build(database: Database, opened: { readonly url: string; stop(): Promise<void> }, secrets: SealedSecrets): Storage {
  const streams = new StreamRepository(database);
  return {
    databaseUrl: opened.url,
    runStore: new PgRunStore(database),
    integrationStore: new PgIntegrationStore(database, secrets),
    integrations: new IntegrationRepository(database, secrets),
    integrationFacts: new IntegrationFactsReader(database, streams),
    deletedIntegrations: new DeletedIntegrations(database),
    runs: new RunRepository(database),
    schedule: new RunSchedule(database),
    records: new RecordRepository(database),
    holds: new HoldRepository(database),
    streams,
    audit: new AuditLog(database),
    transaction: (work) => database.transaction(() => work()),
    ping: async () => {
      await database.query('SELECT 1');
    },
    canonicalDump: (integrationId, onLine) => canonicalDump(database, integrationId, onLine),
    close: async () => {
      if (database.source.isInitialized) await database.source.destroy();
      await opened.stop();
    },
  };
}
