import { DAY, HOUR, type Line, line, MINUTE, target, user } from './log-line.js';
import { orRefused } from './refused.js';
import { testStories } from './stories.js';
import { BY_LISTED, BY_PROXY, changed, LISTED } from './suspicious.js';

const [boss, agent] = [user('boss'), user('agent')];
const isSuper = { [boss.id]: { roles: ['SUPER_ADMIN'], isSuperAdmin: true } };
const isAdmin = { [boss.id]: { roles: ['APP_ADMIN'], isSuperAdmin: false } };
/** Of an account that has signed in at the same place for weeks. */
const habitsOf = (who: Line): readonly Line[] =>
  [-30, -20, -10].map((n) => line('user.session.start', { actor: who }, n * DAY));
const habits = habitsOf(boss);
const newDevice: Line = { debugContext: { debugData: { dtHash: 'dt-other' } } };
const hidden: Line = { ...newDevice, ...BY_PROXY };

const reset = (who: Line = boss): Line => line('user.mfa.factor.reset_all', { actor: agent, target: [who] });
const signIn = (after: number, more: Line = {}, who: Line = boss): Line =>
  line('user.session.start', { actor: who, ...more }, after);
const grant = (after: number, more: Line = {}, actor: Line = boss): Line =>
  line(
    'user.account.privilege.grant',
    { actor, target: [user('second')], debugContext: { debugData: { privilegeGranted: 'Read only admin' } }, ...more },
    after,
  );
const token = (after: number, more: Line = {}, actor: Line = boss): Line =>
  line('system.api_token.create', { actor, ...more }, after);
const provider = target('IDP', 'Partner');
const added = (after = 0, more: Line = {}): Line =>
  line('system.idp.lifecycle.create', { actor: boss, target: [provider], ...more }, after);
const through = (id: unknown, who: Line, after: number): Line =>
  line(
    'user.authentication.auth_via_IDP',
    { actor: who, authenticationContext: { issuer: { id: String(id), type: 'IDP' } } },
    after,
  );
const weakened = (after: number, more: Line = {}): Line => {
  const json = (mode: string): Line => ({ policyRuleActionJson: `{"factorMode":"${mode}"}` });
  return line(
    'policy.rule.update',
    { actor: boss, target: [changed('PolicyRule', 'Catch-all', json('2FA'), json('1FA'))], ...more },
    after,
  );
};
const enrolledFor = (who: string, after: number): Line =>
  line('user.mfa.factor.activate', { actor: boss, target: [user(who)] }, after);
const stream = (after: number): Line => line('system.log_stream.lifecycle.delete', { actor: boss }, after);
const risky: Line = { debugContext: { debugData: { risk: '{level=HIGH}' } } };
const inSession = (id: string): Line => ({ authenticationContext: { externalSessionId: id } });
const console_ = (after: number, more: Line = {}): Line =>
  line('user.session.access_admin_app', { actor: boss, ...more }, after);
const moved: Line = { securityContext: { asNumber: 64999 } };
const pushesPasswords = (after: number): Line =>
  line(
    'application.lifecycle.update',
    {
      actor: boss,
      target: [target('AppInstance', 'Receiver')],
      outcome: { result: 'SUCCESS', reason: 'Pushing user passwords' },
    },
    after,
  );
const secretRead = (name: string, after: number): Line =>
  line('app.oauth2.client.read_client_secret', { actor: boss, target: [target('PublicClientApp', name)] }, after);
const script: Line = { client: { userAgent: { rawUserAgent: 'python-requests/2.32' } } };
const otherBrowser: Line = { client: { userAgent: { rawUserAgent: 'Mozilla/5.0 (X11; Linux) Firefox/144.0' } } };

testStories(
  'okta/attack-chains.yml',
  orRefused({
    okta_account_taken_over_by_reset: {
      hits: {
        'reset, a new device, a role for another': {
          events: [...habits, reset(), signIn(HOUR, newDevice), grant(2 * HOUR)],
          accounts: isAdmin,
          level: 'high',
        },
        'by a proxy, of a super administrator': {
          events: [...habits, reset(), signIn(HOUR, hidden), added(20 * HOUR)],
          accounts: isSuper,
          level: 'critical',
        },
      },
      misses: {
        'the device is the old one': { events: [...habits, reset(), signIn(HOUR), grant(2 * HOUR)], accounts: isAdmin },
        'another was reset': {
          events: [...habits, reset(user('eve')), signIn(HOUR, newDevice), grant(2 * HOUR)],
          accounts: isAdmin,
        },
        'another grants the role': {
          events: [...habits, reset(), signIn(HOUR, newDevice), grant(2 * HOUR, {}, agent)],
          accounts: isAdmin,
        },
        'nothing but a new phone': { events: [...habits, reset(), signIn(HOUR, newDevice)] },
        'the role came first': { events: [...habits, grant(0), reset(), signIn(HOUR, newDevice)], accounts: isAdmin },
        'after more than a day': {
          events: [...habits, reset(), signIn(HOUR, newDevice), grant(25 * HOUR)],
          accounts: isAdmin,
        },
      },
    },
    okta_reset_administrator_signs_in_elsewhere: {
      hits: {
        'a help desk administrator, by a proxy': {
          events: [...habits, reset(), signIn(HOUR, hidden)],
          accounts: isAdmin,
          level: 'high',
        },
        'a super administrator': { events: [...habits, reset(), signIn(HOUR, hidden)], accounts: isSuper, level: 'critical' },
      },
      misses: {
        'no administrator': { events: [...habits, reset(), signIn(HOUR, hidden)] },
        'a new phone in the office': { events: [...habits, reset(), signIn(HOUR, newDevice)], accounts: isAdmin },
      },
    },
    okta_power_taken_after_suspicious_sign_in: {
      hits: {
        'by a proxy with a new device, and then a token': {
          events: [...habits, signIn(0, hidden), token(50 * MINUTE)],
          level: 'high',
        },
        'from a listed address': { events: [signIn(0, BY_LISTED), grant(MINUTE)], threats: [LISTED], level: 'critical' },
        'of a super administrator': {
          events: [...habits, signIn(0, hidden), token(MINUTE)],
          accounts: isSuper,
          level: 'critical',
        },
        'passwords are pushed somewhere': {
          events: [...habits, signIn(0, hidden), pushesPasswords(MINUTE)],
          level: 'high',
        },
        'the factors of an administrator are reset': {
          events: [...habits, signIn(0, hidden), line('user.mfa.factor.reset_all', { actor: boss, target: [agent] }, MINUTE)],
          accounts: { [agent.id]: { roles: ['APP_ADMIN'] } },
        },
        'a report is exported from there': {
          events: [...habits, signIn(0, hidden), line('analytics.reports.export.request', { actor: boss, ...hidden }, MINUTE)],
        },
        'the secrets of five clients are read': {
          events: [...habits, signIn(0, hidden), ...[1, 2, 3, 4, 5].map((n) => secretRead(`Client ${n}`, n * MINUTE))],
        },
        'as Identity Engine says it': {
          events: [
            line('policy.evaluate_sign_on', {
              actor: boss,
              outcome: { result: 'ALLOW' },
              debugContext: { debugData: { behaviors: '{New Country=POSITIVE, New Device=POSITIVE}' } },
            }),
            grant(MINUTE),
          ],
        },
      },
      misses: {
        'after more than an hour': { events: [...habits, signIn(0, hidden), token(61 * MINUTE)] },
        'of another': { events: [...habits, signIn(0, hidden), token(MINUTE, {}, agent)] },
        'with a new device at home': { events: [...habits, signIn(0, newDevice), token(MINUTE)] },
        'the secrets of four clients are read': {
          events: [...habits, signIn(0, hidden), ...[1, 2, 3, 4].map((n) => secretRead(`Client ${n}`, n * MINUTE))],
        },
      },
    },
    okta_power_taken_in_risky_session: {
      hits: { 'hours later': { events: [signIn(0, risky), grant(10 * HOUR)], level: 'high' } },
      misses: {
        'after more than twelve hours': { events: [signIn(0, risky), grant(13 * HOUR)] },
        'the sign-in was refused': {
          events: [signIn(0, { ...risky, outcome: { result: 'FAILURE' } }), grant(HOUR)],
        },
        'in another session': { events: [signIn(0, risky), grant(HOUR, inSession('another'))] },
        'at medium risk': { events: [signIn(0, { debugContext: { debugData: { risk: '{level=MEDIUM}' } } }), grant(HOUR)] },
      },
    },
    okta_stolen_session_took_power: {
      hits: {
        'another browser in another network': {
          events: [console_(0), console_(HOUR, { ...moved, ...otherBrowser }), grant(2 * HOUR)],
          level: 'high',
        },
        'a program': { events: [console_(0), token(HOUR, { ...moved, ...script })], level: 'critical' },
      },
      misses: {
        'after more than twelve hours': { events: [console_(0), token(13 * HOUR, { ...moved, ...otherBrowser })] },
        'another network alone': { events: [console_(0), token(HOUR, moved)] },
        'another browser alone': { events: [console_(0), token(HOUR, otherBrowser)] },
        'another session': { events: [console_(0), token(HOUR, { ...moved, ...otherBrowser, ...inSession('other') })] },
        'nothing was done': { events: [console_(0), console_(HOUR, { ...moved, ...otherBrowser })] },
      },
    },
    okta_new_provider_used: {
      hits: {
        'somebody tries it': { events: [added(), through(provider['id'], user('ann'), HOUR)], level: 'low' },
        'as a super administrator': {
          events: [added(), through(provider['id'], boss, HOUR)],
          accounts: isSuper,
          level: 'critical',
        },
      },
      misses: {
        'another provider': { events: [added(), through('0oaother', boss, HOUR)] },
        'days later': { events: [added(), through(provider['id'], boss, 3 * DAY)] },
      },
    },
    okta_new_admin_acts_at_once: {
      hits: {
        'a token': { events: [grant(0), token(HOUR, {}, user('second'))], level: 'low' },
        'an account that is new': {
          events: [
            line('user.lifecycle.create', { target: [user('second')] }, -HOUR),
            grant(0),
            token(HOUR, {}, user('second')),
          ],
          level: 'high',
        },
      },
      misses: {
        'two days later': { events: [grant(0), token(2 * DAY, {}, user('second'))] },
        'of who has granted it': { events: [grant(0), token(HOUR)] },
      },
    },
    okta_policy_weakened_and_factors_enrolled: {
      hits: { 'within a day': { events: [weakened(0), enrolledFor('ann', 20 * HOUR)], level: 'high' } },
      misses: {
        'two days apart': { events: [weakened(0), enrolledFor('ann', 48 * HOUR)] },
        'their own factor': { events: [weakened(0), enrolledFor('boss', HOUR)] },
      },
    },
    okta_power_taken_unwatched: {
      hits: { 'a token, and no stream': { events: [stream(0), token(HOUR)], level: 'high' } },
      misses: {
        'no stream alone': { events: [stream(0), stream(HOUR)] },
        'by two people': { events: [stream(0), token(HOUR, {}, agent)] },
      },
    },
    okta_many_serious_changes: {
      hits: {
        'three within a day': { events: [stream(0), weakened(HOUR), added(20 * HOUR)], level: 'high' },
        'one of them by a proxy': { events: [stream(0), weakened(HOUR, BY_PROXY), added(20 * HOUR)], level: 'critical' },
      },
      misses: {
        'two of them, one twice': { events: [stream(0), stream(HOUR), added(20 * HOUR)] },
        'one of them by another': { events: [stream(0), weakened(HOUR), added(20 * HOUR, { actor: agent })] },
        'within two days': { events: [stream(0), weakened(HOUR), added(30 * HOUR)] },
      },
    },
  }),
);
