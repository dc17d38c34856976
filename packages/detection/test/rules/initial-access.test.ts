import { DAY, type Line, line, over, user } from './log-line.js';
import { testStories } from './stories.js';
import { ABROAD, ADDRESS, ADMIN, all, before, DEVICE, HIGH_RISK, PROXY, SUPER_ADMIN } from './strangers.js';

const ann = user('ann').id;
const signIn = (more: Line = {}, after = 0): Line => line('user.session.start', more, after);
const refusal = (reason: string): Line => line('user.authentication.auth_via_mfa', { outcome: { result: 'FAILURE', reason } });
const phishing = refusal('FastPass declined phishing attempt');
const throughIdp = (id: string, after: number, more: Line = {}): Line =>
  line('user.authentication.auth_via_IDP', over({ authenticationContext: { issuer: { id, type: 'IDP' } } }, more), after);
const richClient = (more: Line = {}, after = 0): Line => line('user.authentication.auth_via_richclient', more, after);
const mismatch = (reason: string, more: Line = {}): Line =>
  line('app.oauth2.token.grant', over({ outcome: { result: 'FAILURE', reason } }, more));
const stranger = all(ABROAD, DEVICE);

testStories('okta/initial-access.yml', {
  okta_fastpass_phishing: {
    hits: {
      'FastPass refuses': { events: [phishing], level: 'high' },
      'it refuses for an administrator': { events: [phishing], accounts: { [ann]: ADMIN }, level: 'critical' },
    },
    misses: { 'a factor is wrong': { events: [refusal('INVALID_CREDENTIALS')] } },
  },
  okta_new_device_new_country: {
    hits: {
      'a new device in Brazil': { events: [before(), signIn(stranger)], level: 'low' },
      'a new device at a high risk': { events: [before(), signIn(over(stranger, HIGH_RISK))], level: 'high' },
      'a new device of a super administrator': {
        events: [before(), signIn(stranger)],
        accounts: { [ann]: SUPER_ADMIN },
        level: 'critical',
      },
      'one that only Okta knows to be new': {
        events: [signIn({ debugContext: { debugData: { behaviors: '{New Country=POSITIVE, New Device=POSITIVE}' } } })],
        level: 'low',
      },
    },
    misses: {
      'a stranger is refused': { events: [before(), signIn(over(stranger, { outcome: { result: 'FAILURE' } }))] },

      'a journey with the device of always': { events: [before(), signIn(ABROAD)] },
      'a new phone at home': { events: [before(), signIn(DEVICE)] },
      'the first days of a new colleague': {
        events: [signIn({ debugContext: { debugData: { behaviors: '{New Country=POSITIVE, New Device=POSITIVE}' } } })],
        accounts: { [ann]: { createdAt: Date.parse('2026-11-01T00:00:00Z') } },
      },
    },
  },
  okta_high_risk_sign_in: {
    hits: {
      'a high risk': { events: [signIn(HIGH_RISK)], level: 'medium' },
      'a high risk behind a proxy': { events: [signIn(over(HIGH_RISK, PROXY))], level: 'high' },
    },
    misses: {
      'one that is refused': { events: [signIn(over(HIGH_RISK, { outcome: { result: 'FAILURE' } }))] },
      'one of a new colleague': {
        events: [signIn(HIGH_RISK)],
        accounts: { [ann]: { createdAt: Date.parse('2026-11-01T00:00:00Z') } },
      },

      'a medium one': { events: [signIn({ debugContext: { debugData: { risk: '{level=MEDIUM}' } } })] },
      'one from the office': { events: [signIn(HIGH_RISK)], own: ['192.0.2.0/24'] },
    },
  },
  okta_new_idp_sign_in: {
    hits: {
      'the first through a second one': { events: [throughIdp('0oaOld', -10 * DAY), throughIdp('0oaNew', 0)], level: 'medium' },
      'the first of an administrator': {
        events: [throughIdp('0oaOld', -10 * DAY), throughIdp('0oaNew', 0)],
        accounts: { [ann]: ADMIN },
        level: 'critical',
      },
    },
    misses: {
      'one that fails': {
        events: [throughIdp('0oaOld', -10 * DAY), throughIdp('0oaNew', 0, { outcome: { result: 'FAILURE' } })],
      },

      'the second through it': { events: [throughIdp('0oaOld', -10 * DAY), throughIdp('0oaOld', 0)] },
      'the first of a log of six days': { events: [throughIdp('0oaOld', -6 * DAY), throughIdp('0oaNew', 0)] },
    },
  },
  okta_rich_client_account: {
    hits: {
      'an old mail client': { events: [richClient()], level: 'low' },
      'one in a new country': { events: [before(), richClient(ABROAD)], level: 'medium' },
      'one of an administrator in a new country': {
        events: [before(), richClient(ABROAD)],
        accounts: { [ann]: ADMIN },
        level: 'high',
      },
    },
    misses: { 'a wrong password': { events: [richClient({ outcome: { result: 'FAILURE' } })] } },
  },
  okta_overlong_name: {
    hits: {
      'a name of 52 characters': {
        events: [signIn({ actor: { alternateId: `${'a'.repeat(42)}@acme.test` } })],
        level: 'informational',
      },
    },
    misses: {
      'an attempt with such a name': {
        events: [signIn({ actor: { alternateId: `${'a'.repeat(42)}@acme.test` }, outcome: { result: 'FAILURE' } })],
      },
      'a name of 51': { events: [signIn({ actor: { alternateId: `${'a'.repeat(41)}@acme.test` } })] },
    },
  },
  okta_redirect_mismatches: {
    hits: {
      'an address that the application does not name': { events: [mismatch('mismatched_redirect_uri')], level: 'low' },
      'one asked for through a proxy': { events: [mismatch('mismatched_redirect_uri', PROXY)], level: 'medium' },
    },
    misses: { 'a wrong code': { events: [mismatch('invalid_grant')] } },
  },
  okta_domain_new_to_all: {
    hits: {
      'a name of another company': {
        events: [before(), signIn(over(ADDRESS, { actor: { id: '00uEve', alternateId: 'eve@evil.test' } }))],
        level: 'low',
      },
      'an administrator with such a name': {
        events: [before(), signIn({ actor: { id: '00uEve', alternateId: 'eve@evil.test' } })],
        accounts: { '00uEve': ADMIN },
        level: 'high',
      },
    },
    misses: {
      'an attempt of a stranger': {
        events: [before(), signIn({ actor: { alternateId: 'eve@evil.test' }, outcome: { result: 'FAILURE' } })],
      },

      'a new colleague': { events: [before(), signIn({ actor: user('ben') })] },
      'a log of six days': { events: [before(6), signIn({ actor: { alternateId: 'eve@evil.test' } })] },
    },
  },
});
