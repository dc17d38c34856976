import type { ActionGrants, JsonObject } from '@castellan/connector-sdk';
import type { EntitySchema } from 'typeorm';
import { ACCESS_ENTITIES } from './access-entities.js';
import { ACTION_ENTITIES } from './action-entities.js';
import { type ColumnSpec, entity } from './entity.js';
import { DETECTION_ENTITIES } from './detection-entities.js';
import { FINDING_ENTITIES } from './finding-entities.js';
import { IDENTITY_ENTITIES } from './identity-entities.js';
import { PLAYBOOK_ENTITIES } from './playbook-entities.js';
import { type ColumnType, RECORD_TABLES, type RecordTable } from './record-tables.js';
import { USAGE_ENTITIES } from './usage-entities.js';
import { WEBHOOK_ENTITIES } from './webhook-entities.js';

export interface IntegrationRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly connectorId: string;
  readonly name: string;
  /** A user of the workspace. */
  readonly ownerId: string | null;
  /** Of an integration from before owners were users: a text that names somebody. */
  readonly owner: string | null;
  readonly config: JsonObject;
  /** Grows with each change of settings or secrets. */
  readonly configRevision: number;
  readonly tenantId: string | null;
  readonly scheduleSeconds: number;
  readonly paused: boolean;
  readonly nextRunAt: Date;
  /** `null`: as often as the host polls. 0: never. */
  readonly pollSeconds: number | null;
  /** `null`: not until a full run has succeeded. */
  readonly nextPollAt: Date | null;
  /** Until when everything that the log says has been read again. */
  readonly polledAt: Date | null;
  readonly pollFailures: number;
  /** Since when its status may differ from the one told last; `null`: it does not. */
  readonly touchedAt: Date | null;
  /** The status told last. */
  readonly announcedState: string | null;
  /** What was seen to be granted of the permissions that actions need, and when; `null`: not known. */
  readonly actionGrants: ActionGrants | null;
  readonly actionGrantsAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface SecretRow {
  readonly integrationId: string;
  readonly field: string;
  readonly version: number;
  readonly algorithm: string;
  readonly keyId: string;
  readonly wrappedKey: Buffer;
  readonly iv: Buffer;
  readonly ciphertext: Buffer;
  readonly tag: Buffer;
  readonly changedAt: Date;
}

const ID: ColumnSpec = { type: 'uuid!', with: { generated: 'uuid' } };
const NOW: ColumnSpec = { type: 'timestamptz!', with: { default: () => 'now()' } };
const number = (value: number): ColumnSpec => ({ type: 'integer!', with: { default: value } });
const flag: ColumnSpec = { type: 'boolean!', with: { default: false } };

const INTEGRATIONS = entity<IntegrationRow>(
  'integrations',
  ['id'],
  {
    id: ID,
    workspaceId: 'uuid!',
    connectorId: 'text!',
    name: 'text!',
    ownerId: 'uuid',
    owner: 'text',
    config: 'jsonb!',
    configRevision: number(1),
    tenantId: 'text',
    scheduleSeconds: number(86_400),
    paused: flag,
    nextRunAt: 'timestamptz!',
    pollSeconds: 'integer',
    nextPollAt: 'timestamptz',
    polledAt: 'timestamptz',
    pollFailures: number(0),
    touchedAt: 'timestamptz',
    announcedState: 'text',
    actionGrants: 'jsonb',
    actionGrantsAt: 'timestamptz',
    createdAt: NOW,
    updatedAt: NOW,
  },
  [{ name: 'integrations_name', columns: ['workspaceId', 'name'] }],
);

const SECRETS = entity<SecretRow>('secrets', ['integrationId', 'field'], {
  integrationId: 'uuid!',
  field: 'text!',
  version: 'integer!',
  algorithm: 'text!',
  keyId: 'text!',
  wrappedKey: 'bytea!',
  iv: 'bytea!',
  ciphertext: 'bytea!',
  tag: 'bytea!',
  changedAt: NOW,
});

const DELETED_INTEGRATIONS = entity('deleted_integrations', ['integrationId'], { integrationId: 'uuid!', deletedAt: NOW });
const WORKSPACES = entity('workspaces', ['id'], { id: 'uuid!', name: 'text!', createdAt: NOW });
const KEY_CHECK = entity('key_check', ['keyId'], {
  keyId: 'text!',
  sealed: 'bytea!',
  createdAt: NOW,
  retiredAt: 'timestamptz',
});

const SYNC_RUNS = entity('sync_runs', ['id'], {
  id: ID,
  integrationId: 'uuid!',
  state: { type: 'text!', with: { default: 'queued' } },
  cause: 'text!',
  mode: { type: 'text!', with: { default: 'full' } },
  reconciles: flag,
  progress: 'jsonb',
  streams: { type: 'text[]!', with: { default: () => `'{}'` } },
  leaseOwner: 'text',
  leaseUntil: 'timestamptz',
  fence: number(0),
  attempt: number(0),
  resumeAt: 'timestamptz',
  cancelRequested: flag,
  error: 'jsonb',
  createdAt: NOW,
  startedAt: 'timestamptz',
  finishedAt: 'timestamptz',
  heartbeatAt: 'timestamptz',
});

const STREAM_RUNS = entity('stream_runs', ['runId', 'stream'], {
  runId: 'uuid!',
  stream: 'text!',
  state: 'text!',
  generation: 'integer!',
  pages: number(0),
  created: number(0),
  changed: number(0),
  unchanged: number(0),
  removed: number(0),
  rejected: number(0),
  unlisted: number(0),
  drift: number(0),
  refreshed: number(0),
  error: 'jsonb',
  position: 'jsonb',
  startedAt: NOW,
  updatedAt: NOW,
  finishedAt: 'timestamptz',
});

const STREAM_STATE = entity('stream_state', ['integrationId', 'stream'], {
  integrationId: 'uuid!',
  stream: 'text!',
  kind: 'text!',
  semantics: 'text!',
  status: 'text!',
  generation: 'integer!',
  completeGeneration: 'integer',
  cursor: 'jsonb',
  freshAt: 'timestamptz',
  unlisted: { type: 'jsonb!', with: { default: () => `'[]'` } },
  error: 'jsonb',
  resumeFrom: 'jsonb',
  deltaAt: 'timestamptz',
  passBeganAt: 'timestamptz',
  completeBeganAt: 'timestamptz',
  firstCompleteAt: 'timestamptz',
  updatedAt: NOW,
});

const STALE_PARTS = entity(
  'stale_parts',
  ['id'],
  {
    id: { type: 'integer!', with: { type: 'bigint', generated: 'increment' } },
    integrationId: 'uuid!',
    stream: 'text!',
    field: { type: 'text!', with: { default: '' } },
    value: { type: 'text!', with: { default: '' } },
    changedAt: 'timestamptz!',
    low: flag,
    attempts: number(0),
    createdAt: NOW,
  },
  [{ name: 'stale_parts_part', columns: ['integrationId', 'stream', 'field', 'value'] }],
);

const SWEEP_HOLDS = entity('sweep_holds', ['id'], {
  id: ID,
  integrationId: 'uuid!',
  runId: 'uuid',
  stream: 'text!',
  kind: 'text!',
  generation: 'integer!',
  wouldRemove: 'integer!',
  present: 'integer!',
  exempt: 'text[]!',
  state: { type: 'text!', with: { default: 'open' } },
  decidedBy: 'text',
  createdAt: NOW,
  decidedAt: 'timestamptz',
});

const REJECTED_RECORDS = entity('rejected_records', ['id'], {
  id: { type: 'integer!', with: { type: 'bigint', generated: 'increment' } },
  integrationId: 'uuid!',
  stream: 'text!',
  runId: 'uuid',
  position: 'text!',
  reason: 'text!',
  createdAt: NOW,
});

const COUNT: ColumnSpec = { type: 'integer!', with: { type: 'bigint' } };
const RECORD_COUNTS = entity('record_counts', ['integrationId', 'kind'], {
  integrationId: 'uuid!',
  kind: 'text!',
  present: COUNT,
  removed: COUNT,
});

const RECORD_TYPES = {
  text: 'text',
  boolean: 'boolean',
  number: 'double precision',
  instant: 'timestamptz',
  texts: 'text[]',
  json: 'jsonb',
} as const satisfies Record<ColumnType, ColumnSpec>;

function recordEntity({ table, kind, columns }: RecordTable): EntitySchema {
  const own = columns.map(({ property, type, required }): [string, ColumnSpec] => [
    property,
    required ? `${RECORD_TYPES[type]}!` : RECORD_TYPES[type],
  ]);
  const primary = ['integrationId', 'key', ...(kind === 'activity' ? ['published'] : [])];
  return entity<Record<string, unknown>>(table, primary, {
    integrationId: 'uuid!',
    key: { type: 'text!', with: { collation: 'C' } },
    stream: 'text!',
    partition: 'text',
    generation: 'integer!',
    hash: 'bytea!',
    hint: 'jsonb',
    raw: 'jsonb',
    firstSeenAt: 'timestamptz!',
    presentSince: 'timestamptz!',
    lastSeenAt: 'timestamptz!',
    changedAt: 'timestamptz!',
    removedAt: 'timestamptz',
    ...Object.fromEntries(own),
  });
}

/** All tables of ours. BullMQ's, in the same database, are none of our business. */
export const ENTITIES: readonly EntitySchema[] = [
  WORKSPACES,
  INTEGRATIONS,
  DELETED_INTEGRATIONS,
  SECRETS,
  KEY_CHECK,
  SYNC_RUNS,
  STREAM_RUNS,
  STREAM_STATE,
  STALE_PARTS,
  SWEEP_HOLDS,
  REJECTED_RECORDS,
  RECORD_COUNTS,
  ...IDENTITY_ENTITIES,
  ...WEBHOOK_ENTITIES,
  ...USAGE_ENTITIES,
  ...ACCESS_ENTITIES,
  ...FINDING_ENTITIES,
  ...DETECTION_ENTITIES,
  ...ACTION_ENTITIES,
  ...PLAYBOOK_ENTITIES,
  ...RECORD_TABLES.map(recordEntity),
];
