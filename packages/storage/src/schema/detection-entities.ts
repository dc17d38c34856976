import { type ColumnSpec, entity } from './entity.js';

const KEY: ColumnSpec = { type: 'text!', with: { collation: 'C' } };
const NOW: ColumnSpec = { type: 'timestamptz!', with: { default: () => 'now()' } };
const ID: ColumnSpec = { type: 'uuid!', with: { generated: 'uuid' } };
const SEQUENCE: ColumnSpec = { type: 'integer!', with: { type: 'bigint', generated: 'increment' } };
const COUNT: ColumnSpec = { type: 'integer!', with: { type: 'bigint' } };
const DAY: ColumnSpec = { type: 'text!', with: { type: 'date' } };
const GRADE: ColumnSpec = { type: 'integer!', with: { type: 'smallint' } };
const NOT_YET: ColumnSpec = { type: 'boolean!', with: { default: false } };
const INSTANTS: ColumnSpec = { type: 'text[]!', with: { type: 'timestamptz' } };

const SEEN = [
  entity('detection_inbox', ['seq'], {
    seq: SEQUENCE,
    integrationId: 'uuid!',
    keys: 'text[]!',
    published: INSTANTS,
    at: NOW,
  }),
  entity('detection_progress', ['integrationId'], {
    integrationId: 'uuid!',
    reached: 'timestamptz!',
    events: COUNT,
    changedAt: NOW,
  }),
  entity('detection_groups', ['integrationId', 'rule', 'digest'], {
    integrationId: 'uuid!',
    rule: 'text!',
    digest: 'bytea!',
    name: 'text!',
    version: 'text!',
    state: 'jsonb!',
    dueAt: 'timestamptz',
    endsAt: 'timestamptz!',
  }),
  entity('detection_histories', ['integrationId', 'subject'], { integrationId: 'uuid!', subject: KEY, history: 'jsonb!' }),
  entity('detection_failures', ['integrationId'], {
    integrationId: 'uuid!',
    inARow: 'integer!',
    suspects: 'integer!',
    changedAt: NOW,
  }),
  entity('detection_dead_letters', ['integrationId', 'published', 'key'], {
    integrationId: 'uuid!',
    published: 'timestamptz!',
    key: KEY,
    reason: 'text!',
    at: NOW,
  }),
  entity('detection_hits', ['integrationId', 'rule', 'day'], { integrationId: 'uuid!', rule: 'text!', day: DAY, hits: COUNT }),
];

const FOUND = [
  entity('incidents', ['id'], {
    id: ID,
    workspaceId: 'uuid!',
    integrationId: 'uuid!',
    subjectKind: 'text!',
    subjectKey: KEY,
    subjectLabel: 'text!',
    sessions: 'text[]!',
    status: 'text!',
    verdict: 'text',
    severity: GRADE,
    confidence: GRADE,
    findings: 'integer!',
    rule: 'text!',
    firstAt: 'timestamptz!',
    lastAt: 'timestamptz!',
    ownerId: 'uuid',
    toldSeverity: { type: 'integer', with: { type: 'smallint' } },
    toldClosed: NOT_YET,
    openedAt: NOW,
    changedAt: NOW,
    closedAt: 'timestamptz',
    people: { type: 'text[]!', with: { default: () => `'{}'` } },
    searchText: { type: 'text!', with: { default: '' } },
  }),
  entity('incident_events', ['incidentId', 'id'], {
    incidentId: 'uuid!',
    id: SEQUENCE,
    at: NOW,
    kind: 'text!',
    actor: 'jsonb',
    detail: 'jsonb',
  }),
  entity('detection_findings', ['findingId'], {
    findingId: 'uuid!',
    incidentId: 'uuid!',
    confidence: GRADE,
    firstAt: 'timestamptz!',
    lastAt: 'timestamptz!',
    events: 'text[]!',
    told: NOT_YET,
  }),
];

const SET = [
  entity('detection_rule_settings', ['workspaceId', 'rule'], {
    workspaceId: 'uuid!',
    rule: 'text!',
    enabled: 'boolean!',
    level: 'text',
    bounds: 'jsonb',
    timespan: 'text',
    reason: 'text',
    changedBy: 'jsonb!',
    changedAt: NOW,
    tooSlow: NOT_YET,
  }),
  entity(
    'detection_rule_files',
    ['id'],
    {
      id: ID,
      workspaceId: 'uuid!',
      name: 'text!',
      content: 'text!',
      enabled: 'boolean!',
      changedBy: 'jsonb!',
      madeAt: NOW,
      changedAt: NOW,
    },
    [{ name: 'detection_rule_files_name', columns: ['workspaceId', 'name'] }],
  ),
  entity('detection_lists', ['workspaceId', 'kind', 'name'], {
    workspaceId: 'uuid!',
    kind: 'text!',
    name: 'text!',
    entries: 'text[]!',
    changedBy: 'jsonb!',
    changedAt: NOW,
  }),
  entity('detection_suppressions', ['id'], {
    id: ID,
    workspaceId: 'uuid!',
    rule: 'text',
    subjectKey: 'text',
    reason: 'text!',
    until: 'timestamptz!',
    madeBy: 'jsonb!',
    madeAt: NOW,
  }),
];

/** What rules have seen of the activity, what they have found, and what workspaces have set of them. */
export const DETECTION_ENTITIES = [...SEEN, ...FOUND, ...SET];
