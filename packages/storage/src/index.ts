export type {
  ActionBatch,
  ActionBatchState,
  BatchRefused,
  BatchStopReason,
  NewActionBatch,
} from './actions/action-batch.js';
export type { ActionBatches, ActionBatchPage, ActionBatchQuery } from './actions/action-batches.js';
export type { ActionProblem, ActionRequest, ActionState, NewActionRequest, Requester } from './actions/action-request.js';
export type { ActionRetention, ExpiredProposal } from './actions/action-retention.js';
export type { ActionRequestPage, ActionRequestQuery, ActionRequests, DueAction } from './actions/action-requests.js';
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
export type { Census, IntegrationCount, RunCount } from './census/census.js';
export { DEFAULT_DATA_DIR, dataPlaces } from './data-places.js';
export type { DataPlaces } from './data-places.js';
export { type StatementBounds, StatementEndedError } from './database/bounded-statement.js';
export { isDatabaseAway } from './database/database-away.js';
export type { PoolUsage, Queries, Statement } from './database/database.js';
export { DatabaseRefusedError, openDatabase } from './database/open-database.js';
export type { DatabaseLocation, OpenedDatabase } from './database/open-database.js';
export type { CanonicalDump } from './dump/canonical-dump.js';
export { EmbeddedDatabaseError } from './embedded/embedded-error.js';
export { startEmbeddedPostgres } from './embedded/server.js';
export type { EmbeddedPostgres, EmbeddedPostgresOptions } from './embedded/server.js';
export type { EventOutbox } from './events/event-outbox.js';
export {
  dueForDetection,
  type InboxEvent,
  type InboxPlace,
  takeFromInbox,
} from './detection/activity-inbox.js';
export { type DeadLetter, type DeadLetters, deadLetters, retryDeadLetters, setAside } from './detection/dead-letters.js';
export {
  type DetectionFailures,
  detectionFailures,
  eventsAtOnce,
  isPassing,
  noteFailure,
  noteFound,
  notePassed,
} from './detection/detection-failures.js';
export {
  detectionList,
  DetectionListLimitError,
  detectionLists,
  type ListName,
  removeDetectionList,
  saveDetectionList,
  type StoredList,
  type StoredListKind,
} from './detection/detection-lists.js';
export { addHits, claimDetection, noteDetection } from './detection/detection-progress.js';
export { GroupStates, type GroupToStore, type StoredGroup } from './detection/group-states.js';
export type {
  Incident,
  IncidentConditions,
  IncidentEvent,
  IncidentSort,
  IncidentStatus,
  IncidentVerdict,
} from './detection/incident.js';
export type { IncidentChange, IncidentChanges } from './detection/incident-changes.js';
export type {
  IncidentFindingRow,
  IncidentPage,
  IncidentPageQuery,
  IncidentRepository,
} from './detection/incident-repository.js';
export { loadHistories, saveHistories } from './detection/histories.js';
export { oneAtATime } from './detection/one-at-a-time.js';
export {
  changeRuleFile,
  createRuleFile,
  type NewRuleFile,
  removeRuleFile,
  ruleFile,
  RuleFileLimitError,
  RuleFileNameTakenError,
  ruleFiles,
  type StoredRuleFile,
} from './detection/rule-files.js';
export { type HitsOfDay, ruleHits } from './detection/rule-hits.js';
export {
  type NewRuleSetting,
  removeRuleSetting,
  ruleSetting,
  ruleSettings,
  saveRuleSetting,
  type StoredRuleSetting,
  switchOffSlowRule,
} from './detection/rule-settings.js';
export type { EpisodeName, EpisodeSubject, EpisodeToSettle } from './detection/episode.js';
export { type IncidentOthers, othersOfIncidents } from './detection/incident-others.js';
export { nameIncidents } from './detection/incident-names.js';
export { refreshIncidents } from './detection/incident-standing.js';
export {
  dropEpisode,
  type HeldFindings,
  holdFindings,
  settleEpisode,
  type SettledEpisode,
} from './detection/settle-episodes.js';
export { readUpTo } from './detection/read-up-to.js';
export { activityAt, activityBegin, activityFrom, type ActivityPlace, type StoredEvent } from './detection/stored-activity.js';
export {
  createSuppression,
  accountsCalled,
  endSuppression,
  type NewSuppression,
  type StoredSuppression,
  suppression,
  SuppressionLimitError,
  suppressions,
} from './detection/suppressions.js';
export { type FoundToTell, tellFindings, tellIncidents } from './detection/tell-found.js';
export { backUp } from './backup/back-up.js';
export type { BackupOptions, BackupProgress, BackupResult } from './backup/back-up.js';
export { BackupError } from './backup/backup-error.js';
export type { BackupProblem } from './backup/backup-error.js';
export { restore } from './backup/restore.js';
export type { RestoreOptions, RestoreResult } from './backup/restore.js';
export { FINDING_STATUSES, SEVERITY_WORDS, severityWord } from './findings/finding.js';
export type {
  Finding,
  FindingEvent,
  FindingEventKind,
  FindingSource,
  FindingStatus,
  SeverityNumber,
  SeverityWord,
} from './findings/finding.js';
export { MOST_FINDINGS_AT_ONCE, TooManyFindingsError } from './findings/finding-changes.js';
export type { FindingChange, FindingChanges } from './findings/finding-changes.js';
export type { FindingConditions, FindingSort } from './findings/finding-query.js';
export type { FindingCount, FindingPage, FindingPageQuery, FindingRepository } from './findings/finding-repository.js';
export { settleFindings } from './findings/settle-findings.js';
export { noteStillThere } from './findings/still-there.js';
export type { Settled, Sightings } from './findings/settle-findings.js';
export type { FindingOpened, IncidentChanged, IncidentOpened } from './events/detection-events.js';
export { EVENT_TYPES, SUBSCRIBABLE_TYPES } from './events/event-types.js';
export type {
  AnnouncedStatus,
  EventData,
  EventType,
  RunFinished,
  StatusChanged,
  SubscribableType,
} from './events/event-types.js';
export type { StatusAnnouncements, TouchedIntegration } from './events/status-announcements.js';
export { HOLD_STATES } from './holds/hold-repository.js';
export type { HoldPage, HoldQuery, HoldRepository, HoldState, SweepHold } from './holds/hold-repository.js';
export type { ApiKey, ApiKeyRepository } from './identity/api-key-repository.js';
export type { Session, SessionLimits } from './identity/session-repository.js';
export { SessionRefusedError } from './identity/session-repository.js';
export type { OidcLink } from './identity/sign-in-door.js';
export { EmailTakenError, emailKey, LastAdministratorError, LastOperatorError } from './identity/user-repository.js';
export type { User, UserChanges, UserRole } from './identity/user-repository.js';
export type { Workspace } from './identity/workspace-repository.js';
export type { DeletedIntegrations } from './integrations/deleted-integrations.js';
export type { ActionGrantsRepository, SeenGrants } from './integrations/action-grants.js';
export { ConfigChangedError, IntegrationPausedError, NameTakenError } from './integrations/integration.js';
export type { Integration, IntegrationChanges, IntegrationOwner, NewIntegration } from './integrations/integration.js';
export type { IntegrationFacts, IntegrationFactsReader, RunGlance } from './integrations/integration-facts.js';
export type {
  IntegrationHoldings,
  IntegrationPage,
  IntegrationRepository,
  PossibleOwner,
} from './integrations/integration-repository.js';
export type { ListedRows, LiveRun, LiveStream, ProgressRepository } from './progress/progress-repository.js';
export { QuestionLimitError, QuestionNameTakenError } from './questions/saved-question-repository.js';
export type { NewSavedQuestion, SavedQuestionRow } from './questions/saved-question-repository.js';
export type {
  ListedRecord,
  RecordCount,
  RecordPage,
  RecordQuery,
  RecordRepository,
  StoredRecord,
} from './records/record-repository.js';
export { ACCOUNTS_FIT } from './records/accounts-fit.js';
export type { ActivityPage, ActivityQuery } from './records/activity-rows.js';
export type { HistoryEntry, RecordHistory } from './records/record-history.js';
export type {
  LinkingPage,
  LinkingRow,
  RecordPlace,
  RecordRelations,
  RelatedPage,
  RelationSummary,
} from './records/record-relations.js';
export type { KindCount, RecordRows, RowPageQuery, RowSort, TableKind } from './records/record-rows.js';
export type { Related } from './records/related.js';
export { recordKindOf, relationsOf, rowKind } from './records/relations.js';
export type { RowFacet } from './records/row-facets.js';
export { Bindings, filterConditions, inPattern, searchConditions, wordCondition } from './records/row-query.js';
export type { Bind, RowFilter, RowQuery } from './records/row-query.js';
export { accountNames } from './records/account-names.js';
export { namingSql, pluralOf, tableFields } from './records/table-fields.js';
export type { TableField } from './records/table-fields.js';
export type { NamedIntegration, TableRow } from './records/table-row.js';
export type {
  AccessReview,
  AccessReviewPage,
  AccessReviewQuery,
} from './reviews/access-review-repository.js';
export type { Run, RunPage, RunRepository, StreamRun } from './runs/run-repository.js';
export type { RunSchedule, ScheduledRun } from './runs/run-schedule.js';
export { keyFrom, keyFromFile, keyFromText } from './secrets/key-from.js';
export type { KeyProvider, KeyStep } from './secrets/key-provider.js';
export type { KeyRing } from './secrets/key-ring.js';
export type { RotationOptions, RotationProgress, RotationResult } from './secrets/key-rotation.js';
export type { MasterKey } from './secrets/master-key.js';
export type { SecretChanges, SecretStatus } from './secrets/sealed-secrets.js';
export { SecretsError } from './secrets/secrets-error.js';
export { recordTable } from './schema/record-tables.js';
export { openStorage } from './storage.js';
export { DEFAULT_WORKSPACE_ID } from './identity/default-workspace.js';
export type { Storage, StorageOptions } from './storage.js';
export type { RejectedRecord, StreamFreshness, StreamRepository } from './streams/stream-repository.js';
export { DELIVERY_STATES, DeliveryLimitError } from './webhooks/delivery-log.js';
export type {
  Delivery,
  DeliveryAttempt,
  DeliveryCause,
  DeliveryLog,
  DeliveryPage,
  DeliveryState,
} from './webhooks/delivery-log.js';
export type {
  Attempt,
  ClaimLimits,
  DeliveryLease,
  DeliveryQueue,
  DueDelivery,
  DueMail,
  DuePost,
  MailReceipts,
} from './webhooks/delivery-queue.js';
export { WEBHOOK_FORMATS } from './webhooks/webhook-receiver.js';
export type { MailReceiver, PostedReceiver, WebhookFormat, WebhookKind, WebhookReceiver } from './webhooks/webhook-receiver.js';
export { WebhookLimitError } from './webhooks/webhook-repository.js';
export type { NewWebhook, Webhook, WebhookChanges, WebhookRepository } from './webhooks/webhook-repository.js';
export { PROPOSED_HOURS, UNDO_DAYS } from './actions/action-requests.js';
export type { CandidateCount, CandidatePlace, CandidateQuery, PlaybookCandidates } from './playbooks/playbook-candidates.js';
export type { LockedPosition, PlaybookLeases, RunPosition } from './playbooks/playbook-leases.js';
export type {
  NewPlaybookRun,
  PlaybookCandidate,
  PlaybookOpening,
  PlaybookRun,
  PlaybookRunState,
  PlaybookWait,
  StoredAnswer,
  StoredItem,
  StoredStep,
  StoredSubject,
} from './playbooks/playbook-run.js';
export type { Answered, PlaybookRunPage, PlaybookRunQuery, PlaybookRuns } from './playbooks/playbook-runs.js';
export type { PlaybookEnabler, PlaybookSettings, StoredPlaybookSetting } from './playbooks/playbook-settings.js';
