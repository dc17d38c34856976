export type { AuditActor, AuditLog, AuditTarget, NewAuditEntry } from './audit/audit-log.js';
export { DatabaseRefusedError, openDatabase } from './database/open-database.js';
export type { DatabaseLocation, OpenedDatabase } from './database/open-database.js';
export type { CanonicalDump } from './dump/canonical-dump.js';
export { EmbeddedDatabaseError } from './embedded/embedded-error.js';
export { startEmbeddedPostgres } from './embedded/server.js';
export type { EmbeddedPostgres, EmbeddedPostgresOptions } from './embedded/server.js';
export type { HoldRepository, HoldState, SweepHold } from './holds/hold-repository.js';
export { NameTakenError } from './integrations/integration-repository.js';
export type {
  Integration,
  IntegrationChanges,
  IntegrationRepository,
  NewIntegration,
} from './integrations/integration-repository.js';
export type {
  ListedRecord,
  RecordCount,
  RecordPage,
  RecordQuery,
  RecordRepository,
  StoredRecord,
} from './records/record-repository.js';
export type { Run, RunPage, RunRepository, StreamRun } from './runs/run-repository.js';
export type { RunSchedule, ScheduledRun } from './runs/run-schedule.js';
export { keyFrom, keyFromFile, keyFromText } from './secrets/master-key.js';
export type { KeyProvider, MasterKey } from './secrets/master-key.js';
export type { SecretChanges, SecretStatus } from './secrets/sealed-secrets.js';
export { SecretsError } from './secrets/secrets-error.js';
export { DEFAULT_WORKSPACE_ID, openStorage } from './storage.js';
export type { Storage, StorageOptions } from './storage.js';
export type { RejectedRecord, StreamFreshness, StreamRepository } from './streams/stream-repository.js';
