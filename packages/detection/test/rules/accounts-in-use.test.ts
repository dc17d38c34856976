import { DAY, HOUR, type Line, line, MINUTE, over, target, user } from './log-line.js';
import { testStories } from './stories.js';
import { ABROAD, ADDRESS, ADMIN, all, before, DEVICE, HIGH_RISK, PROXY, SUPER_ADMIN } from './strangers.js';

const ann = user('ann').id;
const signIn = (more: Line = {}, after = 0): Line => line('user.session.start', more, after);
const open = (app: string, more: Line = {}, after = 0): Line =>
  line('user.authentication.sso', over({ target: [target('AppInstance', app)] }, more), after);
const ben: Line = { actor: user('ben') };
const unknown: Line = {
  client: { device: 'Unknown', userAgent: { rawUserAgent: 'tool/1.0', os: 'Unknown', browser: 'UNKNOWN' } },
};
const refused = (n: number, more: Line = {}): Line =>
  line('policy.evaluate_sign_on', over({ outcome: { result: 'DENY' } }, more), n * MINUTE);
/** Who does what: `ben` works elsewhere, and `cem` sits beside `ann`. */
const departments = {
  accounts: {
    [ann]: { department: 'Sales' },
    [user('ben').id]: { department: 'Finance' },
    [user('cem').id]: { department: 'Sales' },
  },
};
const othersUse = open('Payroll', ben, -10 * DAY);
/** Of five weeks, each day at nine. */
const mornings = Array.from({ length: 35 }, (_, n) => before(35 - n));

testStories('okta/accounts-in-use.yml', {
  okta_dormant_sign_in: {
    hits: {
      'after ninety days': { events: [before(90), signIn()], level: 'medium' },
      'after ninety days of which another system knows': {
        events: [signIn()],
        accounts: { [ann]: { lastUsedAt: Date.parse('2026-07-01T00:00:00Z') } },
        level: 'medium',
      },
      'of an administrator': { events: [before(90), signIn()], accounts: { [ann]: ADMIN }, level: 'high' },
      'of a super administrator': { events: [before(90), signIn()], accounts: { [ann]: SUPER_ADMIN }, level: 'critical' },
      'from abroad': { events: [before(90), signIn(ABROAD)], level: 'high' },
    },
    misses: {
      'after eighty-nine days': { events: [before(89), signIn()] },
      'an attempt that fails': { events: [before(90), signIn({ outcome: { result: 'FAILURE' } })] },
    },
  },
  okta_ended_person_active: {
    hits: {
      'somebody who has left opens an application': {
        events: [open('Mail')],
        accounts: { [ann]: { isEnded: true } },
        level: 'high',
      },
      'an administrator who has left signs in': {
        events: [signIn()],
        accounts: { [ann]: { ...ADMIN, isEnded: true } },
        level: 'critical',
      },
    },
    misses: {
      'somebody who has left is refused': {
        events: [open('Mail', { outcome: { result: 'FAILURE' } })],
        accounts: { [ann]: { isEnded: true } },
      },

      'somebody who works here does': { events: [open('Mail')], accounts: { [ann]: { isEnded: false } } },
      'nobody knows whether they work here': { events: [open('Mail')] },
    },
  },
  okta_break_glass_used: {
    hits: {
      'it is used': { events: [signIn()], accounts: { [ann]: { isBreakGlass: true } }, level: 'high' },
      'somebody tries': {
        events: [signIn({ outcome: { result: 'FAILURE' } })],
        accounts: { [ann]: { isBreakGlass: true } },
        level: 'medium',
      },
      'it is used through a proxy': { events: [signIn(PROXY)], accounts: { [ann]: { isBreakGlass: true } }, level: 'critical' },
    },
    misses: { 'another account is used': { events: [signIn()], accounts: { [ann]: { isBreakGlass: false } } } },
  },
  okta_app_new_to_peers: {
    hits: {
      'the first of Sales': { events: [before(), othersUse, open('Payroll')], ...departments, level: 'informational' },
      'the first of Sales, with a new device': {
        events: [before(), othersUse, open('Payroll', DEVICE)],
        ...departments,
        level: 'low',
      },
      'the first of Sales, with a new device from a new address': {
        events: [before(), othersUse, open('Payroll', over(DEVICE, ADDRESS))],
        ...departments,
        level: 'medium',
      },
      'the first of Sales, through a relay on the device of always': {
        events: [before(), othersUse, open('Payroll', PROXY)],
        ...departments,
        level: 'informational',
      },
      'the first of Sales, through a proxy on a new device': {
        events: [before(), othersUse, open('Payroll', over(DEVICE, PROXY))],
        ...departments,
        level: 'medium',
      },
      'the first of Sales, with a new device abroad': {
        events: [before(), othersUse, open('Payroll', over(DEVICE, ABROAD))],
        ...departments,
        level: 'medium',
      },
      'the first of Sales, with a new device and a high risk': {
        events: [before(), othersUse, open('Payroll', all(DEVICE, HIGH_RISK))],
        ...departments,
        level: 'high',
      },
    },
    misses: {
      'the first of Sales is refused': {
        events: [before(), othersUse, open('Payroll', { outcome: { result: 'FAILURE' } })],
        ...departments,
      },
      'they had it in another department': {
        events: [before(), open('Payroll', {}, -9 * DAY), open('Payroll')],
        accounts: { [ann]: { department: 'Sales' } },
      },

      'a colleague has used it': {
        events: [before(), othersUse, open('Payroll', { actor: user('cem') }, -8 * DAY), open('Payroll')],
        ...departments,
      },
      'it has just been introduced': { events: [before(), open('Payroll', ben, -DAY), open('Payroll')], ...departments },
      'a new colleague opens it': {
        events: [before(), othersUse, open('Payroll')],
        accounts: { ...departments.accounts, [ann]: { createdAt: Date.parse('2026-10-30T00:00:00Z'), department: 'Sales' } },
      },
    },
  },
  okta_cloud_console_new_device: {
    hits: {
      'from a new device': {
        events: [before(), open('AWS IAM Identity Center', {}, -9 * DAY), open('AWS IAM Identity Center', DEVICE)],
        level: 'low',
      },
      'from a new device for the first time': { events: [before(), open('AWS IAM Identity Center', DEVICE)], level: 'low' },
      'from a new device and network, for the first time': {
        events: [before(), open('Google Cloud Platform', over(DEVICE, ADDRESS))],
        level: 'medium',
      },
      'from a new device abroad': { events: [before(), open('Microsoft Azure', over(DEVICE, ABROAD))], level: 'medium' },
      'from a new device of an administrator abroad': {
        events: [before(), open('Microsoft Azure', over(DEVICE, ABROAD))],
        accounts: { [ann]: ADMIN },
        level: 'high',
      },
    },
    misses: {
      'a refusal from a new device': {
        events: [before(), open('AWS IAM Identity Center', over(DEVICE, { outcome: { result: 'FAILURE' } }))],
      },

      'from the device of always': { events: [before(), open('AWS IAM Identity Center')] },
      'another application from a new device': { events: [before(), open('Mail', DEVICE)] },
    },
  },
  okta_first_unknown_client: {
    hits: {
      'one from a new address': {
        events: [before(), open('Mail', {}, -10 * DAY), open('Mail', all(unknown, ADDRESS))],
        level: 'medium',
      },

      'the first unknown one in ten days': { events: [open('Mail', {}, -10 * DAY), open('Mail', unknown)], level: 'low' },
      'one of an administrator from a new address': {
        events: [before(), open('Mail', {}, -10 * DAY), open('Mail', all(unknown, ADDRESS))],
        accounts: { [ann]: ADMIN },
        level: 'medium',
      },
      'one of an administrator from a new address, at a high risk': {
        events: [before(), open('Mail', {}, -10 * DAY), open('Mail', all(unknown, ADDRESS, HIGH_RISK))],
        accounts: { [ann]: ADMIN },
        level: 'high',
      },
    },
    misses: {
      'a refusal': { events: [open('Mail', {}, -10 * DAY), open('Mail', over(unknown, { outcome: { result: 'FAILURE' } }))] },
      'the first of two people': { events: [open('Mail', ben, -10 * DAY), open('Mail', unknown)] },

      'the second one': { events: [open('Mail', unknown, -10 * DAY), open('Mail', unknown)] },
      'the first telephone': { events: [open('Mail', {}, -10 * DAY), open('Mail', { client: { device: 'Mobile' } })] },
      'one of a log of six days': { events: [open('Mail', {}, -6 * DAY), open('Mail', unknown)] },
    },
  },
  okta_policy_refusals: {
    hits: {
      'five from a list of threats': {
        events: [0, 10, 20, 30, 40].map((n) => refused(n)),
        threats: ['192.0.2.10'],
        level: 'high',
      },

      'five within an hour': { events: [0, 10, 20, 30, 40].map((n) => refused(n)), level: 'low' },
      'five of Classic Engine': {
        events: [0, 1, 2, 3, 4].map((n) => line('application.policy.sign_on.deny_access', {}, n * MINUTE)),
        level: 'low',
      },
      'five behind a proxy': { events: [0, 10, 20, 30, 40].map((n) => refused(n, PROXY)), level: 'medium' },
    },
    misses: {
      'five that are allowed': { events: [0, 10, 20, 30, 40].map((n) => refused(n, { outcome: { result: 'ALLOW' } })) },

      'four within an hour': { events: [0, 10, 20, 30].map((n) => refused(n)) },
      'five in two hours': { events: [0, 30, 60, 90, 120].map((n) => refused(n)) },
      'five of two people': { events: [...[0, 10, 20].map((n) => refused(n)), refused(30, ben), refused(40, ben)] },
    },
  },
  okta_odd_hour: {
    hits: {
      'at three in the night': { events: [...mornings, signIn({}, 18 * HOUR)], level: 'informational' },
      'at three, with a new device from a new address': {
        events: [...mornings, signIn(over(DEVICE, ADDRESS), 18 * HOUR)],
        level: 'low',
      },
      'at three, of an administrator from a new address': {
        events: [...mornings, signIn(ADDRESS, 18 * HOUR)],
        accounts: { [ann]: ADMIN },
        level: 'low',
      },
      'at three, of an administrator with a new device from a new address': {
        events: [...mornings, signIn(over(DEVICE, ADDRESS), 18 * HOUR)],
        accounts: { [ann]: ADMIN },
        level: 'medium',
      },
      'at three, of an administrator': {
        events: [...mornings, signIn({}, 18 * HOUR)],
        accounts: { [ann]: ADMIN },
        level: 'low',
      },
    },
    misses: {
      'at three, in a network of the company': { events: [...mornings, signIn({}, 18 * HOUR)], own: ['192.0.2.0/24'] },
      'at three, in vain': { events: [...mornings, signIn({ outcome: { result: 'FAILURE' } }, 18 * HOUR)] },

      'an hour later than always': { events: [...mornings, signIn({}, HOUR)] },
      'at three, in the third week': { events: [...mornings.slice(-20), signIn({}, 18 * HOUR)] },
    },
  },
});
