export { anchorText, readAnchor } from './audit/audit-anchor.js';
export { AuditDamagedError } from './audit/audit-error.js';
export type {
  AuditActor,
  AuditEntry,
  AuditLog,
  AuditPage,
  AuditQuery,
  AuditTarget,
  NewAuditEntry,
} from './audit/audit-log.js';
export type { AuditHead } from './audit/audit-mac.js';
export type { AuditFault, AuditVerdict, VerifyOptions } from './audit/audit-verification.js';
export { DEFAULT_DATA_DIR, dataPlaces } from './data-places.js';
export type { DataPlaces } from './data-places.js';
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
export type { RecordCount, RecordPage, RecordQuery, RecordRepository, StoredRecord } from './records/record-repository.js';
export type { Run, RunPage, RunRepository, StreamRun } from './runs/run-repository.js';
export type { RunSchedule, ScheduledRun } from './runs/run-schedule.js';
export type { HostKeyName } from './secrets/host-keys.js';
export { keyFrom, keyFromFile, keyFromText } from './secrets/key-from.js';
export type { KeyProvider, KeyStep } from './secrets/key-provider.js';
export type { KeyRing } from './secrets/key-ring.js';
export type { RotationOptions, RotationProgress, RotationResult } from './secrets/key-rotation.js';
export type { MasterKey } from './secrets/master-key.js';
export type { SecretChanges, SecretStatus } from './secrets/sealed-secrets.js';
export { SecretsError } from './secrets/secrets-error.js';
export { DEFAULT_WORKSPACE_ID, openStorage } from './storage.js';
export type { Storage, StorageOptions } from './storage.js';
export type { RejectedRecord, StreamFreshness, StreamRepository } from './streams/stream-repository.js';
