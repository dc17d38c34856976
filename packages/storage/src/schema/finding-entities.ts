import { type ColumnSpec, entity } from './entity.js';

const KEY: ColumnSpec = { type: 'text!', with: { collation: 'C' } };
const NOW: ColumnSpec = { type: 'timestamptz!', with: { default: () => 'now()' } };
const DAY: ColumnSpec = { type: 'text!', with: { type: 'date' } };

const FINDINGS = entity(
  'findings',
  ['id'],
  {
    id: { type: 'uuid!', with: { generated: 'uuid' } },
    workspaceId: 'uuid!',
    integrationId: 'uuid!',
    source: 'text!',
    rule: 'text!',
    subjectKind: 'text!',
    subjectKey: KEY,
    fingerprint: 'bytea!',
    severity: { type: 'integer!', with: { type: 'smallint' } },
    status: 'text!',
    evidence: 'jsonb!',
    ownerId: 'uuid',
    exceptedUntil: 'timestamptz',
    exceptedReason: 'text',
    firstSeenAt: NOW,
    openedAt: NOW,
    changedAt: NOW,
    resolvedAt: 'timestamptz',
  },
  [{ name: 'findings_one_fact', columns: ['integrationId', 'fingerprint'] }],
);

const FINDING_EVENTS = entity('finding_events', ['findingId', 'id'], {
  findingId: 'uuid!',
  id: { type: 'integer!', with: { type: 'bigint', generated: 'increment' } },
  at: NOW,
  kind: 'text!',
  actor: 'jsonb',
  detail: 'jsonb',
});

const CHECK_RESULTS = entity('check_results', ['integrationId', 'check'], {
  integrationId: 'uuid!',
  check: 'text!',
  status: 'text!',
  reasons: 'jsonb!',
  findings: 'integer!',
  examined: 'integer!',
  parameters: 'jsonb!',
  evaluatedAt: 'timestamptz!',
  since: 'timestamptz!',
  tookMs: 'integer!',
});

const CHECK_SETTINGS = entity('check_settings', ['workspaceId', 'check'], {
  workspaceId: 'uuid!',
  check: 'text!',
  enabled: 'boolean!',
  reason: 'text',
  parameters: 'jsonb!',
  changedBy: 'jsonb!',
  changedAt: NOW,
});

const POSTURE_SCORES = entity('posture_scores', ['integrationId', 'day', 'area'], {
  integrationId: 'uuid!',
  day: DAY,
  area: 'text!',
  weight: 'double precision!',
  lost: 'double precision!',
});

const POSTURE_EVALUATIONS = entity('posture_evaluations', ['integrationId'], {
  integrationId: 'uuid!',
  evaluatedAt: 'timestamptz!',
  completeAt: 'timestamptz',
  askedAt: 'timestamptz',
  answeredAt: 'timestamptz',
  runs: 'text[]!',
  settings: 'text',
  countedAt: 'timestamptz',
});

const ATTACK_NODES = entity('attack_nodes', ['integrationId', 'node'], {
  integrationId: 'uuid!',
  node: KEY,
  kind: 'text!',
  key: KEY,
  distance: 'integer!',
  isStart: 'boolean!',
  next: { type: 'text', with: { collation: 'C' } },
  step: 'text',
  because: 'text',
  otherSteps: 'integer!',
});

const ATTACK_SURVEYS = entity('attack_surveys', ['integrationId'], {
  integrationId: 'uuid!',
  computedAt: 'timestamptz!',
  starts: 'integer!',
  tierZero: 'integer!',
  uncut: 'integer!',
  chokePoints: 'jsonb!',
  reasons: 'jsonb!',
  isBroken: 'boolean!',
});

/** What is wrong, what became of it, and how the whole stands. */
export const FINDING_ENTITIES = [
  FINDINGS,
  FINDING_EVENTS,
  CHECK_RESULTS,
  CHECK_SETTINGS,
  POSTURE_SCORES,
  POSTURE_EVALUATIONS,
  ATTACK_NODES,
  ATTACK_SURVEYS,
];
