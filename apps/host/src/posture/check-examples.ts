import type { CheckDetail, CheckReason, CheckResult, CheckSettingsInput, CheckView } from '@castellan/api';
import { Examples, freeForm } from '../docs/examples.js';

export const ACME = { id: '0b9ce1f3-9f7c-4f0e-a7b5-5a2f7f0e2d11', name: 'Acme' };

const FAILED: CheckResult = {
  integration: ACME,
  status: 'failed',
  reasons: [],
  open: 3,
  excepted: 1,
  examined: 18,
  evaluatedAt: '2026-11-26T09:28:10.120Z',
  since: '2026-11-20T06:00:01.618Z',
};
/** One of each that a reader may meet. */
export const REASONS: readonly CheckReason[] = [
  {
    code: 'refused',
    about: 'api_token',
    message: 'Acme refuses to list API tokens: grant the scope acme.api_tokens.read.',
    scopes: ['acme.api_tokens.read'],
    setting: null,
  },
  {
    code: 'switched_off',
    about: 'policy',
    message: 'The integration is set not to read policies: switch on "Policies" in the part "More data".',
    scopes: [],
    setting: 'policies',
  },
];

const UNKNOWN: CheckResult = {
  ...FAILED,
  status: 'unknown',
  reasons: REASONS,
  open: 0,
  excepted: 0,
  examined: 0,
};

export const CHECK: CheckView = {
  id: 'administrator-without-second-factor',
  title: 'Administrator without a second factor',
  area: 'administrators',
  severity: 'critical',
  subject: 'account',
  population: 'administrators',
  effort: 'hours',
  why: 'Whoever learns the password of this account has its rights.',
  keywords: ['MFA', '2FA'],
  frameworks: [{ framework: 'nist', control: 'IA-2(1)', title: 'Multi-factor authentication to privileged accounts' }],
  status: 'failed',
  open: 3,
  worst: 'critical',
  excepted: 1,
  examined: 18,
  enabled: true,
  results: [FAILED],
};
const WITHOUT: CheckView = { ...CHECK, status: 'unknown', worst: null, results: [UNKNOWN] };
const OFF: CheckView = { ...CHECK, status: null, enabled: false, open: 0, excepted: 0, examined: 0, results: [] };

export const CHECKS_ANSWER = { items: [CHECK, WITHOUT, OFF] };

const DETAIL: CheckDetail = {
  ...CHECK,
  fix: ['Have an authenticator that resists phishing enrolled.'],
  console: [{ connector: 'acme', steps: ['Security > Authenticators: require a security key.'] }],
  action: 'suspend_account',
  severityRules: [{ to: 'high', because: 'the account is suspended, so that somebody has to let it in first' }],
  parameters: [
    { name: 'days', title: 'Days without a sign-in', type: 'days', default: 90, value: 60, min: 1, max: 3_650 },
    {
      name: 'names',
      title: 'Names that are known',
      type: 'texts',
      default: ['svc-'],
      value: ['svc-', 'bot-'],
      min: null,
      max: null,
    },
  ],
  settings: {
    enabled: true,
    reason: 'The contract says 60 days.',
    changedBy: 'Ada Lovelace',
    changedAt: '2026-11-25T09:00:00.000Z',
  },
  needs: [{ about: 'authenticator', streams: ['authenticators'], scopes: ['acme.users.read'] }],
  only: null,
};
const UNSET: CheckDetail = {
  ...DETAIL,
  ...WITHOUT,
  action: null,
  settings: { enabled: true, reason: null, changedBy: null, changedAt: null },
  only: 'acme',
};
export const CHECK_ANSWER = new Examples({ example: DETAIL }, [UNSET, { ...UNSET, ...OFF }]);

const ON: CheckSettingsInput = { enabled: true, parameters: { days: 60 } };
const SWITCHED_OFF: CheckSettingsInput = { enabled: false, reason: 'Another tool looks after it.' };
/** Which parameters there are is the check's to say. */
export const CHECK_SETTINGS_BODY = new Examples({
  'with another limit': { ...ON, parameters: freeForm({ days: 60 }) },
  'switched off': SWITCHED_OFF,
});
