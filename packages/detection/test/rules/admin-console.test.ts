import { DAY, type Line, line, over, target, user } from './log-line.js';
import { testStories } from './stories.js';
import { ABROAD, ADDRESS, ADMIN, all, before, DEVICE, PROXY, SUPER_ADMIN } from './strangers.js';

const ann = user('ann').id;
const CONSOLE = target('AppInstance', 'Okta Admin Console');
const open = (more: Line = {}, after = 0): Line =>
  line('user.session.access_admin_app', over({ target: [CONSOLE] }, more), after);
const evaluate = (result: string, more: Line = {}): Line =>
  line('policy.evaluate_sign_on', over({ outcome: { result }, target: [CONSOLE] }, more));
const verify = (methods: readonly string[], more: Line = {}, app: Line = CONSOLE): Line => {
  const used = methods.map((methodTypeUsed) =>
    target('AuthenticatorEnrollment', methodTypeUsed, { detailEntry: { methodTypeUsed } }),
  );
  return line('user.authentication.verify', over({ target: [app, ...used] }, more));
};
const change = (type: string, more: Line = {}, after = 0): Line => line(type, more, after);
const stranger = all(DEVICE, ADDRESS);
const said: Line = {
  debugContext: { debugData: { behaviors: '{New IP=POSITIVE, New Device=POSITIVE, New Country=NEGATIVE}' } },
};
const saidElsewhere: Line = {
  debugContext: {
    debugData: { logOnlySecurityData: '{"behaviors":{"New IP":"POSITIVE","New Device":"POSITIVE","New Country":"POSITIVE"}}' },
  },
};

testStories('okta/admin-console.yml', {
  okta_admin_console_denied: {
    hits: {
      'a sign-in there fails': { events: [verify(['Password'], { outcome: { result: 'FAILURE' } })], level: 'low' },

      'somebody is refused': { events: [open({ outcome: { result: 'FAILURE' } })], level: 'low' },
      'the policy refuses somebody': { events: [evaluate('DENY')], level: 'low' },
      'somebody is refused behind a proxy': { events: [evaluate('DENY', PROXY)], level: 'medium' },
      'an administrator with a new device is refused': {
        events: [before(), evaluate('DENY', DEVICE)],
        accounts: { [ann]: ADMIN },
        level: 'medium',
      },
      'an administrator with a new device is refused abroad': {
        events: [before(), evaluate('DENY', all(DEVICE, ABROAD))],
        accounts: { [ann]: ADMIN },
        level: 'high',
      },
    },
    misses: {
      'a sign-in elsewhere fails': {
        events: [verify(['Password'], { outcome: { result: 'FAILURE' } }, target('AppInstance', 'Mail'))],
      },

      'the policy asks for a factor': { events: [evaluate('CHALLENGE')] },

      'somebody comes in': { events: [open()] },
      'somebody is refused elsewhere': {
        events: [line('policy.evaluate_sign_on', { outcome: { result: 'DENY' }, target: [target('AppInstance', 'Mail')] })],
      },
    },
  },
  okta_admin_console_weak_factor: {
    hits: {
      'a password and a text message': { events: [verify(['Password', 'SMS'])], level: 'medium' },
      'a password of a super administrator': {
        events: [verify(['Password'])],
        accounts: { [ann]: SUPER_ADMIN },
        level: 'medium',
      },
      'a password, through a proxy': { events: [verify(['Password'], PROXY)], level: 'high' },
      'an e-mail, from a new device and a new address': { events: [before(), verify(['Email'], stranger)], level: 'critical' },
    },
    misses: {
      'a password and a security key': { events: [verify(['Password', 'WebAuthn'])] },
      'a password and a push': { events: [verify(['Password', 'Get a push notification'])] },
      'a password at another application': { events: [verify(['Password'], {}, target('AppInstance', 'Mail'))] },
      'a wrong password': { events: [verify(['Password'], { outcome: { result: 'FAILURE' } })] },
    },
  },
  okta_admin_console_stranger: {
    hits: {
      'a new device at a new address': { events: [evaluate('CHALLENGE', said)], level: 'medium' },
      'a new device in a new country': { events: [evaluate('ALLOW', saidElsewhere)], level: 'high' },
      'one that only the log knows to be new': { events: [before(), open(stranger)], level: 'medium' },
      'one of a super administrator behind a proxy': {
        events: [evaluate('ALLOW', over(said, PROXY))],
        accounts: { [ann]: SUPER_ADMIN },
        level: 'critical',
      },
    },
    misses: {
      'a stranger is refused': {
        events: [before(), open(over(stranger, { outcome: { result: 'FAILURE' } })), evaluate('DENY', said)],
      },

      'a new device at the address of always': { events: [before(), open(DEVICE)] },
      'a new address with the device of always': { events: [before(), open(ADDRESS)] },
      'a new computer in the office': { events: [evaluate('ALLOW', said)], own: ['192.0.2.0/24'] },
      'another application': {
        events: [
          line(
            'policy.evaluate_sign_on',
            over({ outcome: { result: 'ALLOW' }, target: [target('AppInstance', 'Mail')] }, said),
          ),
        ],
      },
    },
  },
  okta_admin_without_resistant_factor: {
    hits: {
      'without a key': { events: [open()], accounts: { [ann]: { ...ADMIN, hasPhishingResistant: false } }, level: 'low' },
      'a super administrator without a key': {
        events: [open()],
        accounts: { [ann]: { ...SUPER_ADMIN, hasPhishingResistant: false } },
        level: 'low',
      },
      'without a key, behind a proxy': {
        events: [open(PROXY)],
        accounts: { [ann]: { ...ADMIN, hasPhishingResistant: false } },
        level: 'medium',
      },
      'without a key, on a new laptop at a new address': {
        events: [before(), open(stranger)],
        accounts: { [ann]: { ...ADMIN, hasPhishingResistant: false } },
        level: 'medium',
      },
      'without a key, with a new device behind a proxy': {
        events: [before(), open(all(DEVICE, PROXY))],
        accounts: { [ann]: { ...ADMIN, hasPhishingResistant: false } },
        level: 'high',
      },
    },
    misses: {
      'without a key, in vain': {
        events: [open({ outcome: { result: 'FAILURE' } })],
        accounts: { [ann]: { ...ADMIN, hasPhishingResistant: false } },
      },

      'with a key': { events: [open()], accounts: { [ann]: { ...ADMIN, hasPhishingResistant: true } } },
      'nobody knows what is enrolled': { events: [open()], accounts: { [ann]: ADMIN } },
    },
  },
  okta_admin_outside_history: {
    hits: {
      'a first reset of somebody else, from a new device': {
        events: [
          before(),
          change('zone.update', {}, -30 * DAY),
          change('user.mfa.factor.reset_all', over(DEVICE, { target: [user('ben')] })),
        ],
        level: 'medium',
      },
      'one from a new address of a network of always': {
        events: [
          before(),
          change('zone.update', {}, -30 * DAY),
          change('policy.rule.update', { client: { ipAddress: '198.51.100.7' } }),
        ],
        level: 'low',
      },

      'a first policy after a month': {
        events: [change('zone.update', {}, -30 * DAY), change('policy.rule.update')],
        level: 'informational',
      },
      'one from a new device and a new address': {
        events: [before(), change('zone.update', {}, -30 * DAY), change('policy.rule.update', stranger)],
        level: 'medium',
      },
      'one from another country': {
        events: [before(), change('zone.update', {}, -30 * DAY), change('policy.rule.update', ABROAD)],
        level: 'medium',
      },
      'one from a new device in another country': {
        events: [before(), change('zone.update', {}, -30 * DAY), change('policy.rule.update', all(DEVICE, ABROAD))],
        level: 'high',
      },
    },
    misses: {
      'a first policy, in vain': {
        events: [change('zone.update', {}, -30 * DAY), change('policy.rule.update', { outcome: { result: 'FAILURE' } })],
      },
      'a first password of somebody else, in vain': {
        events: [
          change('zone.update', {}, -30 * DAY),
          change('user.account.reset_password', over({ outcome: { result: 'FAILURE' } }, { target: [user('ben')] })),
        ],
      },
      'a second policy after half a year but a day': {
        events: [change('policy.rule.update', {}, -179 * DAY), change('policy.rule.update')],
      },

      'a second policy': { events: [change('policy.rule.update', {}, -30 * DAY), change('policy.rule.update')] },
      'a first policy in the first month': { events: [change('zone.update', {}, -29 * DAY), change('policy.rule.update')] },
      'their own password': {
        events: [change('zone.update', {}, -30 * DAY), change('user.account.reset_password', { target: [user('ann')] })],
      },
      'two administrators': {
        events: [change('zone.update', { actor: user('ben') }, -30 * DAY), change('policy.rule.update')],
      },
    },
  },
});
