import type {
  PlaybookDetail,
  PlaybookSetting,
  PlaybookSimulation,
  PlaybookSimulationInput,
  PlaybookStartInput,
  PlaybooksView,
  SimulatedRun,
} from '@castellan/api';
import { Examples, freeForm } from '../docs/examples.js';

const ADA = { kind: 'user', id: '4b1f8b8e-9c55-4a7a-8a55-1b2c3d4e5f62', name: 'Ada Lovelace' } as const;
const INTEGRATION = { id: '0f0c7f0e-6c5e-4d0c-9a55-2a6f3f4f7d11', name: 'Acme' };
const FINDING = '7a1f8b8e-9c55-4a7a-8a55-1b2c3d4e5f61';
const INCIDENT = '2f1f8b8e-9c55-4a7a-8a55-1b2c3d4e5f60';
const ANA = { kind: 'account', key: 'u-17', name: 'ana@acme.example' };
const RULE = { id: '5d0f1b0e-52a5-4f0e-9a41-0f3c1d7c9e02', title: 'Push notifications were rejected again and again' };

const OFF: PlaybookSetting = { isEnabled: false, isOutdated: false, enabledAt: null, enabledBy: null, simulatedAt: null };
const ON: PlaybookSetting = {
  isEnabled: true,
  isOutdated: false,
  enabledAt: '2026-11-27T09:30:00.000Z',
  enabledBy: ADA,
  simulatedAt: '2026-11-27T09:25:00.000Z',
};

const DETAIL: PlaybookDetail = {
  id: 'mfa-fatigue',
  version: 1,
  title: 'MFA fatigue',
  summary: 'Somebody who knows the password of an account sends its owner push after push.',
  setting: ON,
  runs: { open: 1, waiting: 1, last24Hours: 1 },
  trigger: {
    findings: [{ source: 'detection', ...RULE }],
    leastSeverity: 'medium',
    subject: 'account',
    conditions: ['The account is there still.'],
    mostADay: 30,
  },
  steps: [
    {
      id: 'end-sessions',
      kind: 'action',
      title: 'End its sessions',
      says: ['The action clear-sessions, done to the subject.'],
      action: 'clear-sessions',
    },
    {
      id: 'not-theirs',
      kind: 'approval',
      title: 'Were the pushes not theirs?',
      says: ['Ask a person: Call the owner.', 'Declined: end as "theirs".'],
      action: null,
    },
  ],
  ends: [{ id: 'done', says: 'The password has to be changed.' }],
  deadlineMs: 345_600_000,
  yaml: 'id: mfa-fatigue\nversion: 1\n',
};

const { trigger: _trigger, steps: _steps, ends: _ends, deadlineMs: _deadlineMs, yaml: _yaml, ...SUMMARY } = DETAIL;
const LIST: PlaybooksView = { items: [SUMMARY, { ...SUMMARY, setting: OFF }] };
export const PLAYBOOKS_ANSWER = LIST;
export const PLAYBOOK_ANSWER = new Examples({ 'it is on': DETAIL, 'it is off': { ...DETAIL, setting: OFF } });

const DAYS: PlaybookSimulationInput = { days: 30 };
export const SIMULATE_BODY = DAYS;

const WOULD: SimulatedRun = {
  findingId: FINDING,
  incidentId: INCIDENT,
  rule: RULE,
  severity: 'high',
  openedAt: '2026-11-20T09:30:00.000Z',
  subject: ANA,
  steps: [
    {
      step: 'end-sessions',
      kind: 'action',
      title: 'End its sessions',
      would: 'done',
      because: null,
      inputs: [{ record: ANA, input: freeForm({ account: 'u-17' }) }],
      count: 1,
      agreements: 0,
      byHand: 0,
    },
    {
      step: 'not-theirs',
      kind: 'approval',
      title: 'Were the pushes not theirs?',
      would: 'person',
      because: 'Call the owner.',
      inputs: [],
      count: 0,
      agreements: 0,
      byHand: 0,
    },
  ],
};
const SIMULATION: PlaybookSimulation = {
  playbook: 'mfa-fatigue',
  version: 1,
  days: 30,
  simulatedAt: '2026-11-27T09:25:00.000Z',
  lookedAt: 4,
  isWhole: true,
  mostADay: 30,
  integrations: [
    {
      integration: INTEGRATION,
      offersActions: true,
      isAvailable: true,
      count: 2,
      findings: 6,
      late: 1,
      excepted: 0,
      openings: 4,
      overLimit: 0,
      behind: 1,
      approvals: 0,
      byHand: 0,
      runs: [WOULD, { ...WOULD, incidentId: null }],
    },
  ],
};
export const SIMULATION_ANSWER = SIMULATION;

const OF_INCIDENT: PlaybookStartInput = { incidentId: INCIDENT };
const OF_FINDING: PlaybookStartInput = { findingId: FINDING };
export const START_BODY = new Examples({ 'because of an incident': OF_INCIDENT, 'because of a finding': OF_FINDING });
