import type { CheckToDo, FrameworkView, LookAsked, PostureOverview, UnknownCause } from '@castellan/api';
import { Examples, keyed } from '../docs/examples.js';
import { ACME, CHECK } from './check-examples.js';

const TO_DO: CheckToDo = {
  check: CHECK.id,
  title: CHECK.title,
  area: 'administrators',
  severity: 'critical',
  open: 3,
  examined: 18,
  effort: 'hours',
  gain: 6.4,
};

const SWITCHED_OFF: UnknownCause = {
  integration: ACME,
  code: 'switched_off',
  message: 'Switch on "Policies" in the part "More data" and grant the scope acme.policies.read.',
  scopes: ['acme.policies.read'],
  setting: 'policies',
  checks: 9,
  alone: 8,
};
const WAIT: UnknownCause = {
  ...SWITCHED_OFF,
  code: 'not_observed',
  message: 'Wait until the log shows enough days of use, or let the checks look at fewer.',
  scopes: [],
  setting: null,
  checks: 1,
};

const OVERVIEW: PostureOverview = {
  score: 71.5,
  failed: 24,
  passed: 31,
  unknown: 10,
  excepted: 7,
  open: { informational: 0, low: 41, medium: 160, high: 22, critical: 3 },
  areas: [
    { area: 'administrators', score: 48.2, failed: 5, passed: 6, unknown: 1, excepted: 1 },
    { area: 'programs', score: null, failed: 0, passed: 0, unknown: 4, excepted: 0 },
  ],
  trend: [
    { day: '2026-11-25', score: null, areas: keyed({}) },
    { day: '2026-11-26', score: 71.5, areas: keyed({ administrators: 48.2 }) },
  ],
  worst: [TO_DO],
  quickWins: [TO_DO],
  causes: [SWITCHED_OFF, WAIT],
  paths: { starts: 12, chokePoints: 2 },
  evaluatedAt: '2026-11-26T09:28:10.120Z',
  pending: 0,
};
const NOT_YET: PostureOverview = {
  ...OVERVIEW,
  score: null,
  areas: [],
  trend: [],
  worst: [],
  quickWins: [],
  causes: [],
  paths: null,
  evaluatedAt: null,
  pending: 1,
};
export const OVERVIEW_ANSWER = new Examples({ example: OVERVIEW, 'before the first look': NOT_YET });

const FRAMEWORK: FrameworkView = {
  id: 'nist',
  title: 'NIST SP 800-53',
  version: 'Revision 5',
  whole: false,
  failed: 1,
  passed: 0,
  unknown: 0,
  unchecked: 1,
  controls: [
    {
      control: 'IA-2(1)',
      title: 'Multi-factor authentication to privileged accounts',
      status: 'failed',
      checks: [
        { id: CHECK.id, title: CHECK.title, status: 'failed', open: 3, limit: null },
        { id: 'account-not-used', title: 'Account that nobody uses', status: null, open: 0, limit: null },
        {
          id: 'password-kept-too-long',
          title: 'Passwords are kept too long',
          status: 'unknown',
          open: 0,
          limit: { type: 'days', here: 90, asked: 60, laxer: true },
        },
      ],
    },
    { control: 'IA-3', title: 'Device identification and authentication', status: null, checks: [] },
  ],
};
export const FRAMEWORKS_ANSWER = { items: [FRAMEWORK] };

export const LOOK_ANSWER: LookAsked = {
  integration: '0b9ce1f3-9f7c-4f0e-a7b5-5a2f7f0e2d11',
  askedAt: '2026-11-26T09:30:00.000Z',
};
