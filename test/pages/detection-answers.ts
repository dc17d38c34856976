import type {
  DetectionListView,
  DryRunView,
  RuleFileDetail,
  RuleFileView,
  IncidentDetail,
  IncidentFinding,
  IncidentsSummary,
  IncidentTimeline,
  IncidentView,
  Page,
  RuleDetail,
  KeptRuleProblemView,
  NamedSuppressionView,
  RulesView,
  RuleView,
  TechniqueView,
  TimelineEvent,
} from '@castellan/api';

/** Answers that a simulated organisation does not bring about within seconds: journeys, many incidents, foreign rules. */
export const INTEGRATION = { id: '0b9ce1f3-9f7c-4f0e-a7b5-5a2f7f0e2d11', name: 'Acme' };
const MINUTE = 60_000;

/** Instants before now, as pages show them. */
export const ago = (minutes: number): string => new Date(Date.now() - minutes * MINUTE).toISOString();

const SPRAYING: TechniqueView = { id: 'T1110.003', name: 'Password Spraying', tactics: ['Credential Access'] };
const FATIGUE: TechniqueView = {
  id: 'T1621',
  name: 'Multi-Factor Authentication Request Generation',
  tactics: ['Credential Access'],
};
const ACCOUNTS: TechniqueView = {
  id: 'T1078.004',
  name: 'Cloud Accounts',
  tactics: ['Initial Access', 'Persistence', 'Privilege Escalation', 'Defense Evasion'],
};
const ROLES: TechniqueView = {
  id: 'T1098.003',
  name: 'Additional Cloud Roles',
  tactics: ['Persistence', 'Privilege Escalation'],
};

export const TRAVEL: RuleView = {
  id: '5d0f1b0e-52a5-4f0e-9a41-0f3c1d7c9e02',
  name: 'acme_travel',
  title: 'Signed in from two places faster than one can travel',
  description: 'The same account was used at two places, and nobody gets from the one to the other in that time.',
  author: 'Castellan',
  kind: 'geo_velocity',
  level: 'high',
  confidence: 'medium',
  techniques: [ACCOUNTS],
  source: 'ours',
  isTold: true,
  enabled: true,
  setting: null,
  hits: 14,
};
export const PUSHES: RuleView = {
  ...TRAVEL,
  id: '5d0f1b0e-52a5-4f0e-9a41-0f3c1d7c9e03',
  name: 'acme_push_bombing',
  title: 'Push notifications were rejected again and again',
  description: 'Somebody is asked for consent again and again, in the hope that they give in.',
  author: 'Jo Meier, of the community',
  kind: 'event_count',
  level: 'critical',
  confidence: 'high',
  techniques: [FATIGUE],
  source: 'community.yml',
  hits: 3,
};
const RULES: readonly RuleView[] = [
  TRAVEL,
  PUSHES,
  {
    ...TRAVEL,
    id: 'spraying',
    name: null,
    title: 'One address has tried many accounts',
    kind: 'value_count',
    level: 'medium',
    techniques: [SPRAYING],
    hits: 1_240,
    setting: {
      enabled: true,
      level: null,
      bounds: { gte: 40 },
      timespan: null,
      reason: 'The office has one address.',
      changedBy: 'Ada Quint',
      changedAt: '2026-11-20T10:00:00.000Z',
    },
  },
  { ...TRAVEL, id: 'roles', title: 'A role over everything was given', kind: 'detection', techniques: [ROLES], hits: 0 },
  {
    ...TRAVEL,
    id: 'failed',
    title: 'A sign-in failed',
    kind: 'detection',
    level: 'informational',
    techniques: [],
    isTold: false,
    hits: 0,
  },
  {
    ...TRAVEL,
    id: 'proxy',
    title: 'A sign-in came through an anonymising proxy',
    kind: 'detection',
    level: 'low',
    techniques: [{ id: 'T1090.003', name: 'Multi-hop Proxy', tactics: ['Command and Control'] }],
    enabled: false,
    setting: {
      enabled: false,
      level: null,
      bounds: null,
      timespan: null,
      reason: 'All of us use one.',
      changedBy: 'Ada Quint',
      changedAt: '2026-11-20T10:00:00.000Z',
    },
    hits: 0,
  },
];
const FILE_ID = '66666666-9f0a-4b7e-8f4f-0d9f6f0f6a11';
const PROBLEM: KeptRuleProblemView = {
  file: 'community.yml',
  fileId: FILE_ID,
  line: 12,
  ruleLine: 8,
  message: '"like" is no modifier. Use contains, startswith, endswith or re.',
};
export const CATALOGUE: RulesView = {
  items: RULES,
  attackVersion: '18.1',
  problems: [PROBLEM],
};

export const PUSHES_DETAIL: RuleDetail = {
  ...PUSHES,
  status: 'stable',
  references: ['https://acme.example.com/push', 'javascript:alert(1)'],
  falsePositives: ['Somebody who has pressed the wrong button more than once.'],
  response: ['Ask the person, over another channel, whether the sign-ins were theirs.', 'End all sessions of the account.'],
  levels: [{ level: 'critical', when: 'x.actor.isAdmin: true' }],
  bounds: { gte: 5 },
  timespan: '10m',
  rules: [{ id: 'failed', title: 'A sign-in failed' }],
  text: 'title: Push notifications were rejected again and again\nname: acme_push_bombing\ncorrelation:\n  type: event_count\n  rules: [acme_push_rejected]\n  group-by: [actor.id]\n  timespan: 10m\n  condition: { gte: 5 }\nlevel: critical\n',
  hitsByDay: [
    { day: ago(60 * 24 * 9).slice(0, 10), hits: 1 },
    { day: ago(60 * 24 * 2).slice(0, 10), hits: 2 },
  ],
};

const ANA = { kind: 'account', key: '00u1', label: 'Ana Diaz', detail: 'ana.diaz@acme.example', present: true };
export const JOURNEY: IncidentView = {
  id: '11111111-9f0a-4b7e-8f4f-0d9f6f0f6a11',
  integration: INTEGRATION,
  subject: ANA,
  others: { first: [], count: 0 },
  rule: { id: PUSHES.id, title: PUSHES.title },
  severity: 'critical',
  confidence: 'high',
  status: 'open',
  verdict: null,
  findings: 2,
  firstAt: ago(65),
  lastAt: ago(20),
  owner: null,
  openedAt: ago(19),
  changedAt: ago(18),
  closedAt: null,
};
export const SPRAY: IncidentView = {
  ...JOURNEY,
  id: '22222222-9f0a-4b7e-8f4f-0d9f6f0f6a11',
  others: { first: [{ key: ANA.key, label: ANA.label }], count: 1 },
  subject: { kind: 'address', key: '198.51.100.23', label: '198.51.100.23', detail: null, present: true },
  rule: { id: 'spraying', title: 'One address has tried many accounts' },
  severity: 'medium',
  confidence: 'medium',
  findings: 1,
  openedAt: ago(200),
};
export const ROLE: IncidentView = {
  ...JOURNEY,
  id: '33333333-9f0a-4b7e-8f4f-0d9f6f0f6a11',
  subject: { ...ANA, key: '00u2', label: 'Bo Lindqvist', detail: 'bo@acme.example' },
  others: {
    first: ['Ana Diaz', 'Cleo Marsh', 'Dan Ek', 'Eve Ito', 'Fay Ross'].map((label, n) => ({
      key: n === 0 ? ANA.key : `00v${n}`,
      label,
    })),
    count: 9,
  },
  rule: { id: 'roles', title: 'A role over everything was given' },
  severity: 'high',
  status: 'acknowledged',
  owner: { id: 'ada', name: 'Ada Quint' },
  findings: 1,
  openedAt: ago(300),
  lastAt: ago(300),
};
export const LATE: IncidentView = {
  ...ROLE,
  id: '44444444-9f0a-4b7e-8f4f-0d9f6f0f6a11',
  subject: { ...ANA, key: '00u3', label: 'Cleo Marsh', detail: 'cleo@acme.example' },
  rule: { id: TRAVEL.id, title: TRAVEL.title },
  status: 'open',
  confidence: 'low',
  owner: null,
  openedAt: ago(-1),
};

export const page = <T>(...items: readonly T[]): Page<T> => ({ items, next: null });

export function summaryOf(incidents: readonly IncidentView[]): IncidentsSummary {
  const severities = { informational: 0, low: 0, medium: 0, high: 0, critical: 0 };
  const waiting = incidents.filter(({ status }) => status !== 'closed');
  for (const { severity } of waiting) severities[severity] += 1;
  const open = waiting.filter(({ status }) => status === 'open').length;
  return { open, acknowledged: waiting.length - open, severities };
}

const ASK = 'Ask the person, over another channel, whether the sign-ins were theirs.';
const END = 'End all sessions of the account, and reset its password.';
const SINCE = 'Look at what was done since: factors that were added, roles that were given, applications that were opened.';

const foundBy = (
  id: string,
  rule: RuleView,
  minutes: number,
  events: readonly string[],
  response: readonly string[],
): IncidentFinding => ({
  id,
  rule: {
    id: rule.id,
    title: rule.title,
    description: rule.description,
    author: rule.author,
    falsePositives: ['A device that signs in by itself'],
    response,
    techniques: rule.techniques,
  },
  severity: rule.level,
  confidence: rule.confidence,
  status: 'open',
  firstAt: ago(minutes),
  lastAt: ago(20),
  events,
});

export const JOURNEY_DETAIL: IncidentDetail = {
  ...JOURNEY,
  related: [{ ...ROLE, shared: [{ key: ANA.key, label: ANA.label }] }],
  found: [
    foundBy('f-push', PUSHES, 40, ['e10', 'e11', 'e12', 'e13', 'e14', 'e15'], [ASK, END]),
    foundBy('f-travel', TRAVEL, 65, ['e1', 'e20'], [END.replace(/\.$/, ''), SINCE]),
  ],
  response: [ASK, END, SINCE],
  attackVersion: '18.1',
  history: [
    { id: '2', at: ago(10), kind: 'comment', by: 'Ada Quint', detail: { text: 'Ana does not answer.\nTrying her manager.' } },
    { id: '1', at: ago(12), kind: 'reopened', by: null, detail: null },
  ],
};

/** Of many findings: small ones first, as they came; of the bad ones one does not count any more. */
export const MANY_FOUND: readonly IncidentFinding[] = [
  ...Array.from({ length: 20 }, (_none, n) => ({
    ...foundBy(`f-small-${n}`, TRAVEL, 64 - n, ['e1'], [SINCE]),
    severity: 'low' as const,
  })),
  { ...foundBy('f-excepted', PUSHES, 43, ['e10'], [ASK]), status: 'excepted' },
  { ...foundBy('f-high', TRAVEL, 42, ['e1'], [SINCE]), severity: 'high' },
  foundBy('f-critical', PUSHES, 41, ['e10'], [ASK]),
];

const BERLIN = { city: 'Berlin', country: 'Germany', latitude: 52.52, longitude: 13.405, address: '192.0.2.7' };
const SYDNEY = { city: 'Sydney', country: 'Australia', latitude: -33.8688, longitude: 151.2093, address: '203.0.113.9' };
const event = (key: string, minutes: number, more: Partial<TimelineEvent>): TimelineEvent => ({
  key,
  published: ago(minutes),
  type: 'acme.session.start',
  message: 'User login to Acme',
  outcome: 'SUCCESS',
  outcomeReason: null,
  actor: { id: ANA.key, label: ANA.label },
  targets: [],
  userAgent: 'Mozilla/5.0',
  findings: [],
  ...BERLIN,
  ...more,
});
const PUSH = { type: 'acme.factor.push', message: 'A push notification was rejected', outcome: 'FAILURE', ...SYDNEY };

export const JOURNEY_TIMELINE: IncidentTimeline = {
  from: ago(125),
  to: ago(-40),
  events: [
    event('e0', 120, { message: 'Opened an application', targets: [{ id: '0oa1', type: 'AppInstance', label: 'Payroll' }] }),
    event('e1', 65, { findings: ['f-travel'] }),
    ...Array.from({ length: 6 }, (_none, index) =>
      event(`e1${index}`, 40 - index * 0.2, { ...PUSH, outcomeReason: 'REJECTED', findings: ['f-push'] }),
    ),
    event('e20', 30, { ...SYDNEY, findings: ['f-travel'] }),
    event('e21', 29.9, { ...SYDNEY, message: null, type: 'acme.policy.evaluate', outcome: 'ALLOW' }),
    event('e22', 20, {
      ...SYDNEY,
      city: null,
      country: null,
      latitude: null,
      longitude: null,
      message: 'A factor was added',
      targets: [{ id: 'opf1', type: 'Factor', label: 'Phone of somebody' }],
    }),
  ],
  isCut: false,
};

export const SUPPRESSIONS: readonly NamedSuppressionView[] = [
  {
    id: '7',
    rule: { id: 'spraying', title: 'One address has tried many accounts' },
    subject: '198.51.100.23',
    subjectName: null,
    reason: 'The penetration test of this month.',
    until: new Date(Date.now() + 12 * 86_400_000).toISOString(),
    madeBy: 'Ada Quint',
    madeAt: ago(600),
  },
  {
    id: '8',
    rule: null,
    subject: ANA.key,
    subjectName: ANA.label,
    reason: 'She tries out the rules.',
    until: new Date(Date.now() + 3 * 86_400_000).toISOString(),
    madeBy: 'Ada Quint',
    madeAt: ago(900),
  },
];

export const FILE: RuleFileDetail = {
  id: FILE_ID,
  name: 'community.yml',
  enabled: true,
  rules: 1,
  filters: 0,
  problems: [PROBLEM],
  notes: [
    {
      file: 'community.yml',
      fileId: FILE_ID,
      line: 8,
      ruleLine: 1,
      message: 'detection.made.evenType: our rules know no field "evenType": is "eventType" meant?',
    },
  ],
  changedBy: 'Ada Quint',
  changedAt: ago(400),
  content: `title: A token was made\nid: token-made\nauthor: Jo Meier\nlogsource:\n  product: acme\ndetection:\n  made:\n    evenType: acme.token.create\n  condition: made\nlevel: medium\n---\ntitle|like: Broken\n`,
};
export const FILES: readonly RuleFileView[] = [FILE];

export const DRY: DryRunView = {
  problems: [{ file: 'own.yml', line: 12, ruleLine: 12, message: '"like" is no modifier.' }],
  events: 48_213,
  from: ago(30 * 1_440),
  isCut: true,
  elsewhere: { rules: 1, products: ['globex'] },
  rules: [
    {
      id: 'token-made',
      title: 'A token was made',
      hits: 3,
      byDay: [
        { day: ago(5 * 1_440).slice(0, 10), hits: 1 },
        { day: ago(2 * 1_440).slice(0, 10), hits: 2 },
      ],
    },
  ],
  matches: [
    {
      rule: { id: 'token-made', title: 'A token was made' },
      level: 'medium',
      integration: INTEGRATION,
      at: ago(2 * 1_440),
      events: ['e7'],
      group: {},
      actor: 'ana.diaz@acme.example',
    },
    {
      rule: { id: 'token-made', title: 'A token was made' },
      level: 'medium',
      integration: INTEGRATION,
      at: ago(5 * 1_440),
      events: ['e8'],
      group: { 'client.ip': '192.0.2.7' },
      actor: null,
    },
  ],
};

export const LISTS: readonly DetectionListView[] = [
  {
    kind: 'own_network',
    name: 'Offices',
    entries: ['192.0.2.0/24', '2001:db8::/32'],
    changedBy: 'Ada Quint',
    changedAt: ago(900),
  },
];
