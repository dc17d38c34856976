import type { Logger } from '@castellan/connector-sdk';
import type { IntegrationStore, RunStore } from '@castellan/sync-engine';
import { AuditLog } from './audit/audit-log.js';
import { AuditMac } from './audit/audit-mac.js';
import { Census } from './census/census.js';
import type { StatementBounds } from './database/bounded-statement.js';
import { connect } from './database/connect.js';
import type { Database, PoolUsage, Queries } from './database/database.js';
import { type OpenedDatabase, openDatabase } from './database/open-database.js';
import { type CanonicalDump, canonicalDump } from './dump/canonical-dump.js';
import { ApiKeyRepository } from './identity/api-key-repository.js';
import { CredentialRepository } from './identity/credential-repository.js';
import { SessionRepository } from './identity/session-repository.js';
import { SignInDoor } from './identity/sign-in-door.js';
import { UserRepository } from './identity/user-repository.js';
import { WorkspaceRepository } from './identity/workspace-repository.js';
import { EventOutbox } from './events/event-outbox.js';
import { StatusAnnouncements } from './events/status-announcements.js';
import { IncidentChanges } from './detection/incident-changes.js';
import { IncidentRepository } from './detection/incident-repository.js';
import { FindingChanges } from './findings/finding-changes.js';
import { FindingRepository } from './findings/finding-repository.js';
import { HoldRepository } from './holds/hold-repository.js';
import { DeletedIntegrations } from './integrations/deleted-integrations.js';
import { IntegrationFactsReader } from './integrations/integration-facts.js';
import { IntegrationRepository } from './integrations/integration-repository.js';
import { PgIntegrationStore } from './integrations/pg-integration-store.js';
import { ProgressRepository } from './progress/progress-repository.js';
import { SavedQuestionRepository } from './questions/saved-question-repository.js';
import { RecordHistory } from './records/record-history.js';
import { RecordRelations } from './records/record-relations.js';
import { RecordRepository } from './records/record-repository.js';
import { RecordRows } from './records/record-rows.js';
import { ActionBatches } from './actions/action-batches.js';
import { ActionRequests } from './actions/action-requests.js';
import { ActionRetention } from './actions/action-retention.js';
import { ActionGrantsRepository } from './integrations/action-grants.js';
import { PlaybookCandidates } from './playbooks/playbook-candidates.js';
import { PlaybookLeases } from './playbooks/playbook-leases.js';
import { PlaybookRuns } from './playbooks/playbook-runs.js';
import { PlaybookSettings } from './playbooks/playbook-settings.js';
import { AccessReviewRepository } from './reviews/access-review-repository.js';
import { PgRunStore, type RunStoreSettings } from './runs/pg-run-store.js';
import { RunRepository } from './runs/run-repository.js';
import { RunSchedule } from './runs/run-schedule.js';
import { HostKeys } from './secrets/host-keys.js';
import { checkKeys } from './secrets/key-check.js';
import type { KeyProvider } from './secrets/key-provider.js';
import type { KeyRing } from './secrets/key-ring.js';
import { KeyRotation, type RotationOptions, type RotationResult } from './secrets/key-rotation.js';
import { SealedSecrets } from './secrets/sealed-secrets.js';
import { StreamRepository } from './streams/stream-repository.js';
import { DeliveryLog } from './webhooks/delivery-log.js';
import { DeliveryQueue } from './webhooks/delivery-queue.js';
import { WebhookRepository } from './webhooks/webhook-repository.js';
import { WebhookSecrets } from './webhooks/webhook-secrets.js';

/** Of the connections: the rest is for whoever looks at what has been stored. */
const PAGES_SHARE = 0.4;

export interface StorageOptions {
  /** `DATABASE_URL`; without it the embedded server runs in `dataDir`. */
  readonly url?: string | undefined;
  /** `DATABASE_OWNER_URL`: makes and changes the tables, so that the role of `url` need not be able to. */
  readonly ownerUrl?: string | undefined;
  /** Belongs to the embedded server alone: do not put the key file or anything else into it. */
  readonly dataDir: string;
  readonly key: KeyProvider;
  readonly logger: Logger;
  readonly poolSize?: number;
  /** Runs of one workspace that hosts work on at a time. Left out: any number. */
  readonly runsOfWorkspace?: number | undefined;
  /** Changes nothing by being opened: no table, no key, no log is made, and a schema of another release is refused. */
  readonly asReader?: boolean;
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
  /** Over all integrations of a workspace, as a table shows them. */
  readonly recordRows: RecordRows;
  readonly recordRelations: RecordRelations;
  readonly recordHistory: RecordHistory;
  readonly holds: HoldRepository;
  readonly streams: StreamRepository;
  readonly progress: ProgressRepository;
  readonly audit: AuditLog;
  readonly workspaces: WorkspaceRepository;
  readonly users: UserRepository;
  readonly credentials: CredentialRepository;
  readonly sessions: SessionRepository;
  readonly apiKeys: ApiKeyRepository;
  readonly door: SignInDoor;
  /** What happened, for others, and how it reaches them. */
  readonly events: EventOutbox;
  readonly announcements: StatusAnnouncements;
  readonly webhooks: WebhookRepository;
  readonly deliveries: DeliveryQueue;
  readonly deliveryLog: DeliveryLog;
  readonly census: Census;
  readonly accessReviews: AccessReviewRepository;
  /** What is to be done at providers, and what became of it. */
  readonly actions: ActionRequests;
  readonly actionBatches: ActionBatches;
  readonly actionRetention: ActionRetention;
  readonly actionGrants: ActionGrantsRepository;
  /** Which playbooks begin by themselves, by what, and their runs. */
  readonly playbookSettings: PlaybookSettings;
  readonly playbookCandidates: PlaybookCandidates;
  readonly playbookRuns: PlaybookRuns;
  readonly playbookLeases: PlaybookLeases;
  readonly savedQuestions: SavedQuestionRepository;
  /** What is wrong, and what became of it. */
  readonly findings: FindingRepository;
  readonly findingChanges: FindingChanges;
  /** What happened, by actor, and what became of it. */
  readonly incidents: IncidentRepository;
  readonly incidentChanges: IncidentChanges;
  /** For packages that answer questions of their own from the tables (access, posture); they take part in `transaction`. */
  readonly queries: Queries;
  poolUsage(): PoolUsage;
  /** Wraps everything with a new master key. This process should end afterwards: it still seals with the old one. */
  rotateKeys(options?: RotationOptions): Promise<RotationResult>;
  /** All that `work` changes, or nothing; see Database. */
  transaction<T>(work: () => Promise<T>): Promise<T>;
  /** The same apart from any transaction that the caller is in; waits at most for seconds for what others hold. */
  ownTransaction<T>(work: () => Promise<T>): Promise<T>;
  /** All that `work` reads is as of one moment. */
  snapshot<T>(work: () => Promise<T>): Promise<T>;
  /** Whatever `work` asks of the database, also later, is ended when it takes too long or nobody wants it any more (StatementEndedError). */
  bounded<T>(bounds: StatementBounds, work: () => T): T;
  /** @throws Error when the database does not answer. */
  ping(): Promise<void>;
  canonicalDump(integrationId: string, onLine?: (line: string) => void): Promise<CanonicalDump>;
  /** Closes the connections, then stops the embedded server. */
  close(): Promise<void>;
}

/** A database on the current schema, opened with the right key. Every error has a message that says the way out. */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  // First: a wrong setting of the key should not start a server.
  const keys = await options.key.keyRing();
  const opened = await openDatabase(options);
  let database: Database | undefined;
  try {
    const asReader = options.asReader === true;
    const poolSize = options.poolSize ?? 10;
    database = await connect(opened.url, { poolSize, logger: options.logger, ownerUrl: options.ownerUrl, asReader });
    await checkKeys(database, keys, asReader);
    const hostKeys = await HostKeys.open(database, keys, asReader ? undefined : { audit: AuditLog.begin });
    const audit = new AuditLog(database, new AuditMac(hostKeys.get('audit')));
    const runs = { pagesAtOnce: Math.max(1, Math.floor(poolSize * PAGES_SHARE)), mostOfWorkspace: options.runsOfWorkspace };
    return build({ database, opened, keys, audit, provider: options.key, runs, logger: options.logger });
  } catch (error) {
    await database?.close();
    await opened.stop();
    throw error;
  }
}

interface Parts {
  readonly database: Database;
  readonly opened: OpenedDatabase;
  readonly keys: KeyRing;
  readonly audit: AuditLog;
  readonly provider: KeyProvider;
  readonly runs: RunStoreSettings;
  readonly logger: Logger;
}

function build({ database, opened, keys, audit, provider, runs, logger }: Parts): Storage {
  const secrets = new SealedSecrets(keys);
  const streams = new StreamRepository(database);
  const records = new RecordRepository(database);
  return {
    databaseUrl: opened.url,
    runStore: new PgRunStore(database, runs, logger),
    integrationStore: new PgIntegrationStore(database, secrets),
    integrations: new IntegrationRepository(database, secrets),
    integrationFacts: new IntegrationFactsReader(database, streams),
    deletedIntegrations: new DeletedIntegrations(database),
    runs: new RunRepository(database),
    schedule: new RunSchedule(database),
    records,
    recordRows: new RecordRows(database),
    recordRelations: new RecordRelations(database, records),
    recordHistory: new RecordHistory(database, records),
    holds: new HoldRepository(database),
    streams,
    progress: new ProgressRepository(database),
    audit,
    workspaces: new WorkspaceRepository(database),
    users: new UserRepository(database),
    credentials: new CredentialRepository(database),
    sessions: new SessionRepository(database),
    apiKeys: new ApiKeyRepository(database),
    door: new SignInDoor(database),
    events: new EventOutbox(database),
    announcements: new StatusAnnouncements(database),
    webhooks: new WebhookRepository(database, new WebhookSecrets(keys)),
    deliveries: new DeliveryQueue(database),
    deliveryLog: new DeliveryLog(database),
    census: new Census(database),
    accessReviews: new AccessReviewRepository(database),
    ...actionsOf(database),
    ...playbooksOf(database),
    savedQuestions: new SavedQuestionRepository(database),
    findings: new FindingRepository(database),
    findingChanges: new FindingChanges(database),
    incidents: new IncidentRepository(database),
    incidentChanges: new IncidentChanges(database),
    queries: database,
    poolUsage: () => database.poolUsage(),
    rotateKeys: (given = {}) => new KeyRotation(database, opened.url, provider, audit, given).run(),
    transaction: (work) => database.transaction(() => work()),
    ownTransaction: (work) => database.ownTransaction(() => work()),
    snapshot: (work) => database.transaction(() => work(), 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY'),
    bounded: (bounds, work) => database.bounded(bounds, work),
    ping: async () => {
      await database.query('SELECT 1');
    },
    canonicalDump: (integrationId, onLine) => canonicalDump(database, integrationId, onLine),
    close: async () => {
      await database.close();
      await opened.stop();
    },
  };
}

function actionsOf(database: Database) {
  const actions = new ActionRequests(database);
  return {
    actions,
    actionBatches: new ActionBatches(database, actions),
    actionRetention: new ActionRetention(database),
    actionGrants: new ActionGrantsRepository(database),
  };
}

function playbooksOf(database: Database) {
  return {
    playbookSettings: new PlaybookSettings(database),
    playbookCandidates: new PlaybookCandidates(database),
    playbookRuns: new PlaybookRuns(database),
    playbookLeases: new PlaybookLeases(database),
  };
}
