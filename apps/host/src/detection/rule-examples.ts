import type { BoundsView, RuleDetail, RuleSettingInput, RuleSettingView, RulesView, RuleView } from '@castellan/api';
import { Examples } from '../docs/examples.js';

/** Each comparison, so that the document tells of all. */
const BOUNDS: readonly BoundsView[] = [
  { gt: 2 },
  { gte: 5 },
  { lt: 2 },
  { lte: 0.5 },
  { eq: 3 },
  { neq: 0 },
  { lte: 0.25, least: 10 },
];
const [, AT_LEAST = {}] = BOUNDS;

const SETTING: RuleSettingView = {
  enabled: true,
  level: 'medium',
  bounds: { gte: 8 },
  timespan: '90m',
  reason: 'A script of ours asks for pushes.',
  changedBy: 'Ada Lovelace',
  changedAt: '2026-11-26T09:30:00.000Z',
};
const NOTHING: RuleSettingView = { ...SETTING, level: null, bounds: null, timespan: null, reason: null };

const DETECTION: RuleView = {
  id: '5d0f1b0e-52a5-4f0e-9a41-0f3c1d7c9e01',
  name: 'acme_push_rejected',
  title: 'A push was rejected',
  description: 'Somebody has answered a push notification with "No, it is not me".',
  author: 'Castellan',
  kind: 'detection',
  level: 'low',
  confidence: 'low',
  techniques: [{ id: 'T1621', name: 'Multi-Factor Authentication Request Generation', tactics: ['Credential Access'] }],
  source: 'ours',
  isTold: true,
  enabled: true,
  setting: null,
  hits: 12,
};
const CORRELATION: RuleView = {
  ...DETECTION,
  id: '5d0f1b0e-52a5-4f0e-9a41-0f3c1d7c9e02',
  name: 'acme_push_bombing',
  title: 'Push notifications were rejected again and again',
  kind: 'event_count',
  level: 'high',
  confidence: 'high',
  setting: SETTING,
};
const UPLOADED: RuleView = {
  ...DETECTION,
  id: 'Somebody was here',
  name: null,
  title: 'Somebody was here',
  description: null,
  author: null,
  techniques: [],
  source: 'own.yml',
  isTold: false,
  enabled: false,
  setting: { ...NOTHING, enabled: false },
  hits: 0,
};

const RULES: RulesView = {
  items: [DETECTION, CORRELATION, UPLOADED],
  attackVersion: '18.1',
  problems: [
    {
      file: 'own.yml',
      fileId: '7f0b7c3e-1f6d-4f3a-9a0e-2a3f0c1d5e11',
      line: 12,
      ruleLine: 8,
      message: '"like" is no modifier.',
    },
  ],
};
export const RULES_ANSWER = new Examples({ example: RULES });

const ONE: RuleDetail = {
  ...DETECTION,
  status: 'stable',
  references: ['https://acme.example.com/push'],
  falsePositives: ['Somebody who has pressed the wrong button.'],
  response: ['Ask the person, over another channel, whether the sign-in was theirs.'],
  levels: [{ level: 'critical', when: 'x.actor.isAdmin: true' }],
  bounds: null,
  timespan: null,
  rules: [],
  text: 'title: A push was rejected\nlogsource: { product: acme }\n',
  hitsByDay: [{ day: '2026-11-26', hits: 12 }],
};
const MANY: RuleDetail = {
  ...ONE,
  ...CORRELATION,
  bounds: AT_LEAST,
  timespan: '10m',
  rules: [{ id: DETECTION.id, title: DETECTION.title }],
};
export const RULE_ANSWER = new Examples({ 'of one event': ONE, correlation: MANY }, [
  { ...ONE, ...UPLOADED, status: null },
  ...BOUNDS.map((bounds) => ({ ...MANY, bounds, setting: { ...SETTING, bounds } })),
]);

const CHANGED: RuleSettingInput = { enabled: true, level: 'medium', bounds: AT_LEAST, timespan: '90m' };
const OFF: RuleSettingInput = { enabled: false, reason: 'Every sign-in comes over one gateway.' };
export const RULE_SETTING_BODY = new Examples({ 'other limits': CHANGED, off: OFF });
