import { DAY, type Line, line, over, target, user } from './log-line.js';
import { orRefused } from './refused.js';
import { testStories } from './stories.js';
import { ABROAD, DEVICE } from './strangers.js';
import { BY_LISTED, BY_PROXY, LISTED } from './suspicious.js';

const bob = user('bob');
const isSuper = { [user('ann').id]: { roles: ['SUPER_ADMIN'], isSuperAdmin: true } };
const token = (what: string, networkConnection: string, more: Line = {}): Line =>
  line(`system.api_token.${what}`, { debugContext: { debugData: { networkConnection } }, ...more });
const phone = target('Device', 'Phone', { detailEntry: { oktaDeviceId: 'guo1' } });
const added = (who: string, after = 0, more: Line = {}): Line =>
  line('device.user.add', { actor: user(who), target: [user(who), phone], ...more }, after);
const verified = (who: string, number: string, after = 0, more: Line = {}): Line =>
  line(
    'system.sms.send_phone_verification_message',
    { actor: user(who), target: [user(who), target('MobilePhone', number)], ...more },
    after,
  );
const risky: Line = { debugContext: { debugData: { risk: '{reasons=Anomalous Device, level=HIGH}' } } };
const fastPass = (validationStatus: string, bindingMethod = 'LOOPBACK'): Line =>
  line('user.authentication.auth_via_mfa', {
    debugContext: { debugData: { factor: 'SIGNED_NONCE' } },
    authenticationContext: { authenticatorContext: { bindingMethod, validationStatus } },
  });
/** Ann has signed in at the same place for weeks. */
const habits = [-30, -20, -10].map((days) => line('user.session.start', {}, days * DAY));
const elsewhere: Line = { securityContext: { isProxy: true, asNumber: 64999 } };

testStories(
  'okta/persistence.yml',
  orRefused(
    {
      okta_api_token_created: {
        hits: {
          'for some networks': { events: [token('create', 'ZONE')], level: 'low' },
          'for any network, by a super administrator': {
            events: [token('create', 'ANYWHERE')],
            accounts: isSuper,
            level: 'medium',
          },
          'by a proxy': { events: [token('create', 'ZONE', BY_PROXY)], level: 'high' },
        },
        misses: { 'it is revoked': { events: [token('revoke', 'ZONE')] } },
      },
      okta_api_token_opened: {
        hits: { 'to any network': { events: [token('update', 'ANYWHERE')], level: 'medium' } },
        misses: { 'to some networks': { events: [token('update', 'ZONE')] } },
      },
      okta_factor_enrolled_from_suspicious_place: {
        hits: {
          'at high risk': { events: [line('user.mfa.factor.activate', risky)], level: 'medium' },
          'by an administrator': { events: [line('user.mfa.factor.activate', risky)], accounts: isSuper, level: 'high' },
          'from a listed address': { events: [line('device.enrollment.create', BY_LISTED)], threats: [LISTED], level: 'high' },
          'by a proxy of another network': { events: [...habits, line('device.enrollment.create', elsewhere)] },
          'with another device in another country': {
            events: [...habits, line('user.mfa.factor.activate', over(ABROAD, DEVICE))],
            level: 'medium',
          },
        },
        misses: {
          'on a journey with the device of always': { events: [...habits, line('user.mfa.factor.activate', ABROAD)] },
          'with another device at home': { events: [...habits, line('user.mfa.factor.activate', DEVICE)] },
          'at home': { events: [line('user.mfa.factor.activate')] },
          'by the proxy that is always there': {
            events: [...habits, line('device.enrollment.create', { securityContext: { isProxy: true } })],
          },
          'by somebody who has begun this week': {
            events: [line('user.lifecycle.create', { target: [user('ann')] }, -DAY), line('user.mfa.factor.activate', risky)],
          },
        },
      },
      okta_device_on_two_accounts: {
        hits: {
          'within a month': { events: [added('ann'), added('admin.ann', 20 * DAY)], level: 'low' },
          'by a proxy': { events: [added('ann'), added('bob', DAY, BY_PROXY)], level: 'high' },
          'in a country where the account was never used': {
            events: [...habits, added('bob'), added('ann', DAY, ABROAD)],
            level: 'high',
          },
        },
        misses: {
          'one account twice': { events: [added('ann'), added('ann', DAY)] },
          'after more than a month': { events: [added('ann'), added('bob', 31 * DAY)] },
        },
      },
      okta_device_on_many_accounts: {
        hits: { 'on three': { events: ['a', 'b', 'c'].map((who, n) => added(who, n * DAY)), level: 'medium' } },
        misses: { 'on two': { events: ['a', 'b'].map((who, n) => added(who, n * DAY)) } },
      },
      okta_phone_on_many_accounts: {
        hits: { 'of three': { events: ['a', 'b', 'c'].map((who, n) => verified(who, '+491', n * DAY)), level: 'medium' } },
        misses: {
          'of two': { events: ['a', 'b'].map((who, n) => verified(who, '+491', n * DAY)) },
          'three numbers': { events: ['a', 'b', 'c'].map((who, n) => verified(who, `+49${n}`, n * DAY)) },
        },
      },
      okta_fastpass_through_unsigned_program: {
        hits: {
          'nobody has signed it': { events: [fastPass('NO_SIGNATURE')], level: 'medium' },
          'of a super administrator': { events: [fastPass('NO_SIGNATURE')], accounts: isSuper, level: 'critical' },
        },
        misses: {
          'it is signed': { events: [fastPass('VALID_SIGNATURE')] },
          'in another way, which has no signature': { events: [fastPass('NO_SIGNATURE', 'CUSTOM_URI')] },
        },
      },
      okta_account_created_from_suspicious_place: {
        hits: {
          'by a proxy': { events: [line('user.lifecycle.create', { target: [bob], ...BY_PROXY })], level: 'medium' },
          'from a listed address': {
            events: [line('user.lifecycle.create', { target: [bob], ...BY_LISTED })],
            threats: [LISTED],
            level: 'high',
          },
        },
        misses: {
          'in the office': { events: [line('user.lifecycle.create', { target: [bob] })] },
          'with the old device in another network': {
            events: [...habits, line('user.lifecycle.create', { target: [bob], securityContext: { asNumber: 64999 } })],
          },
          'by a program': {
            events: [line('user.lifecycle.create', { target: [bob], actor: { type: 'PublicClientApp' }, ...BY_PROXY })],
          },
        },
      },
      okta_account_with_known_bad_name: {
        hits: {
          'it is created': {
            events: [line('user.lifecycle.create', { target: [user('svc_network_backup')] })],
            level: 'high',
          },
          'it signs in': { events: [line('user.session.start', { actor: user('svc_network_backup') })] },
          'it is made an administrator': {
            events: [line('user.account.privilege.grant', { target: [user('svc_network_backup')] })],
            level: 'critical',
          },
        },
        misses: { 'another name': { events: [line('user.lifecycle.create', { target: [user('svc_backup')] })] } },
      },
      okta_directory_agent_created: {
        hits: {
          'one is added': { events: [line('system.agent.ad.create')], level: 'medium' },
          'by a proxy': { events: [line('system.agent.ad.create', BY_PROXY)], level: 'high' },
          'from a listed address': {
            events: [line('system.agent.ad.create', BY_LISTED)],
            threats: [LISTED],
            level: 'critical',
          },
        },
        misses: { 'one is upgraded': { events: [line('system.agent.ad.upgrade')] } },
      },
    },
    ['okta_phone_on_many_accounts', 'okta_account_with_known_bad_name'],
  ),
);
