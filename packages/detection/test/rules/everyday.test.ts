import { DAY, HOUR, type Line, line, MINUTE, over, target, user } from './log-line.js';
import { found, type Story } from './stories.js';
import { ABROAD, all, ADMIN } from './strangers.js';

const ann = user('ann').id;
const APPS = ['Mail', 'Wiki', 'Payroll', 'AWS IAM Identity Center'];

/** A morning: a sign-in, a factor, and the applications of the day. */
const morning = (after: number, more: Line = {}): readonly Line[] => [
  line('policy.evaluate_sign_on', over({ outcome: { result: 'ALLOW' } }, more), after),
  line('user.session.start', more, after),
  line(
    'user.authentication.auth_via_mfa',
    over({ debugContext: { debugData: { factor: 'OKTA_VERIFY_PUSH' } } }, more),
    after + 5_000,
  ),
  ...APPS.map((app, n) =>
    line('user.authentication.sso', over({ target: [target('AppInstance', app)] }, more), after + n * MINUTE),
  ),
];
const person = (n: number): Line => ({
  actor: user(`p${n}`),
  debugContext: { debugData: { dtHash: `dt-p${n}` } },
  authenticationContext: { rootSessionId: `session-p${n}`, externalSessionId: `session-p${n}` },
});
const twoMonths = (more: Line = {}): readonly Line[] =>
  Array.from({ length: 60 }, (_, n) => morning((n - 60) * DAY, over(more, session(`${n}`)))).flat();
const session = (id: string): Line => ({ authenticationContext: { rootSessionId: `s${id}`, externalSessionId: `s${id}` } });
const phone = all(session('phone'), {
  client: {
    device: 'Mobile',
    userAgent: {
      rawUserAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) Safari/605.1',
      os: 'iOS',
      browser: 'SAFARI',
    },
  },
  debugContext: {
    debugData: { dtHash: 'dt-ann-phone', behaviors: '{New Device=POSITIVE, New IP=NEGATIVE, New Country=NEGATIVE}' },
  },
});
const journey = all(ABROAD, session('journey'), {
  debugContext: { debugData: { behaviors: '{New Device=NEGATIVE, New IP=POSITIVE, New Country=POSITIVE, Velocity=NEGATIVE}' } },
});
const train: Line = { client: { ipAddress: '203.0.113.9' }, securityContext: { asNumber: 64700 } };
const mobile: Line = {
  debugContext: { debugData: { behaviors: '{New Device=POSITIVE, New IP=POSITIVE, New Country=NEGATIVE}' } },
};
const atConsole = { target: [target('AppInstance', 'Okta Admin Console')] };

const STORIES: Readonly<Record<string, Story>> = {
  'somebody works in an office for two months': { events: [...twoMonths(), ...morning(0)] },
  'somebody has a new telephone': { events: [...twoMonths(), ...morning(0, phone)] },
  'somebody has a new telephone on a mobile network': { events: [...twoMonths(), ...morning(0, all(phone, train, mobile))] },
  'somebody works abroad for a week': {
    events: [...twoMonths(), ...Array.from({ length: 5 }, (_, n) => morning(n * DAY, journey)).flat(), ...morning(7 * DAY)],
  },
  'somebody goes home by train with their session': {
    events: [
      ...twoMonths(),
      ...morning(0),
      line('user.session.context.change', over(train, { target: [user('ann')] }), HOUR),
      line('user.authentication.sso', over(train, { target: [target('AppInstance', 'Mail')] }), HOUR),
    ],
  },
  'three hundred people come to work through one address': {
    events: Array.from({ length: 300 }, (_, n) => morning(n * 10_000, person(n))).flat(),
    own: ['192.0.2.0/24'],
  },
  'the same three hundred, where nobody has said which address it is': {
    events: Array.from({ length: 300 }, (_, n) => morning(n * 10_000, person(n))).flat(),
  },
  'fifty new colleagues begin on a Monday': {
    events: [
      ...twoMonths(),
      ...Array.from({ length: 50 }, (_, n) => [
        line('user.lifecycle.create', { actor: user('boss'), target: [user(`p${n}`)] }, -DAY),
        ...morning(n * MINUTE, person(n)),
      ]).flat(),
    ],
  },
  'the help desk helps somebody with a new telephone': {
    events: [
      ...twoMonths(),
      line('user.session.access_admin_app', over(atConsole, { actor: user('desk') }), -DAY),
      line('user.mfa.factor.deactivate', { actor: user('desk'), target: [user('ann')] }, 0),
      line('user.mfa.factor.activate', { target: [user('ann')] }, HOUR),
      ...morning(HOUR, phone),
    ],
    accounts: { [user('desk').id]: { ...ADMIN, hasPhishingResistant: true } },
  },
  'an administrator changes a policy in the office': {
    events: [
      ...twoMonths(),
      ...morning(0),
      line('user.session.access_admin_app', atConsole, HOUR),
      line('policy.rule.update', { target: [target('PolicyRule', 'Any two factors')] }, HOUR + MINUTE),
    ],
    accounts: { [ann]: { ...ADMIN, hasPhishingResistant: true } },
  },
};

test.each(Object.keys(STORIES))('it is no more than low when %s', async (title) => {
  const story = STORIES[title];
  if (story === undefined) throw new Error(`${title} is one of the stories.`);
  const worse = [...(await found(story))].filter(([, level]) => level !== 'informational' && level !== 'low');
  expect(worse).toEqual([]);
});
