import { DAY, HOUR, type Line, line, MINUTE, over, target, user } from './log-line.js';
import { testStories } from './stories.js';
import { ADDRESS, ADMIN, all, before, DEVICE, PROXY, SUPER_ADMIN } from './strangers.js';

const ann = user('ann').id;
const client = (name: string): Line => ({
  actor: { id: `0oa${name}`, type: 'PublicClientApp', alternateId: name, displayName: name },
});
const reuse = (type: string, more: Line = {}): Line => line(type, over({ ...client('spa'), target: [user('ann')] }, more));
const data = (debugData: Line): Line => ({ debugContext: { debugData } });
const grant = (name: string, after: number, more: Line = {}): Line =>
  line('app.oauth2.token.grant.access_token', all(client(name), data({ grantType: 'client_credentials' }), more), after);
const probe = (name: string, after: number, more: Line = {}): Line =>
  line(
    'app.oauth2.as.token.grant',
    all(
      client(name),
      data({ grantType: 'client_credentials' }),
      { outcome: { result: 'FAILURE', reason: 'no_matching_scope' } },
      more,
    ),
    after,
  );
const read = (app: string, after = 0, more: Line = {}): Line =>
  line('app.oauth2.client.read_client_secret', over({ target: [target('AppInstance', app)] }, more), after);
const report = (requestUri: string, more: Line = {}): Line =>
  line('analytics.reports.export.request', over(data({ requestUri }), more));
const outside = (more: Line = {}): Line => line('system.api_token.request_outside_allowed_range', more);

testStories('okta/oauth-tokens.yml', {
  okta_refresh_token_reuse: {
    hits: {
      'a token of the organisation': { events: [reuse('app.oauth2.token.detect_reuse')], level: 'medium' },
      'a token of another server': { events: [reuse('app.oauth2.as.token.detect_reuse')], level: 'medium' },
      'one through a proxy': { events: [reuse('app.oauth2.token.detect_reuse', PROXY)], level: 'high' },
      'one of a super administrator': {
        events: [reuse('app.oauth2.token.detect_reuse')],
        accounts: { [ann]: SUPER_ADMIN },
        level: 'critical',
      },
    },
    misses: { 'a token is refreshed': { events: [reuse('app.oauth2.token.grant.refresh_token')] } },
  },
  okta_scopes_probed: {
    hits: {
      'scopes that are not granted': { events: [probe('job', 0)], level: 'low' },
      'scopes of Okta itself': { events: [probe('job', 0, data({ requestedScopes: 'okta.users.read' }))], level: 'medium' },
      'the right to give roles': { events: [probe('job', 0, data({ requestedScopes: 'okta.roles.manage' }))], level: 'high' },
    },
    misses: {
      'an application that is given what it asks for': { events: [grant('job', 0)] },

      'a wrong secret': { events: [probe('job', 0, { outcome: { reason: 'invalid_client' } })] },
      'scopes that a user has asked for': { events: [probe('job', 0, data({ grantType: 'authorization_code' }))] },
    },
  },
  okta_program_new_network: {
    hits: {
      'a new network after a week': { events: [grant('job', -7 * DAY), grant('job', 0, ADDRESS)], level: 'medium' },
      'a new network, behind a proxy': {
        events: [grant('job', -7 * DAY), grant('job', 0, over(ADDRESS, PROXY))],
        level: 'high',
      },
      'a new network of the company': {
        events: [grant('job', -7 * DAY), grant('job', 0, ADDRESS)],
        own: ['198.51.100.0/24'],
        level: 'low',
      },
    },
    misses: {
      'a new network, in vain': {
        events: [grant('job', -7 * DAY), grant('job', 0, over(ADDRESS, { outcome: { result: 'FAILURE' } }))],
      },

      'the network of always': { events: [grant('job', -7 * DAY), grant('job', 0)] },
      'a new network in the first week': { events: [grant('job', -6 * DAY), grant('job', 0, ADDRESS)] },
      'another application': { events: [grant('job', -7 * DAY), grant('other', 0, ADDRESS)] },
      'a token for a user': {
        events: [grant('job', -7 * DAY), grant('job', 0, over(ADDRESS, data({ grantType: 'authorization_code' })))],
      },
    },
  },
  okta_program_first_token: {
    hits: {
      'one from a list of threats': {
        events: [grant('job', -7 * DAY), grant('other', 0)],
        threats: ['192.0.2.10'],
        level: 'high',
      },

      'an application that is new': { events: [grant('job', -7 * DAY), grant('other', 0)], level: 'informational' },
      'one that may read at Okta': {
        events: [grant('job', -7 * DAY), grant('other', 0, data({ grantedScopes: 'okta.logs.read' }))],
        level: 'low',
      },
      'one that may change users': {
        events: [grant('job', -7 * DAY), grant('other', 0, data({ grantedScopes: 'okta.users.manage' }))],
        level: 'medium',
      },
    },
    misses: {
      'the application of always': { events: [grant('job', -7 * DAY), grant('job', 0)] },
      'one in the first week of a log': { events: [grant('job', -6 * DAY), grant('other', 0)] },
    },
  },
  okta_client_secrets_read: {
    hits: {
      'one secret': { events: [read('Wiki')], level: 'low' },
      'that of an identity provider': { events: [line('system.idp.lifecycle.read_client_secret')], level: 'medium' },
      'one in Classic Engine': { events: [line('application.configuration.read_client_secret')], level: 'low' },
      'one from a new device at a new address': { events: [before(), read('Wiki', 0, over(DEVICE, ADDRESS))], level: 'high' },
    },
    misses: {
      'one secret, in vain': { events: [read('Wiki', 0, { outcome: { result: 'FAILURE' } })] },
      'a new secret is made': { events: [line('app.oauth2.client.credential.create')] },
    },
  },
  okta_client_secrets_collected: {
    hits: {
      'five within ten minutes': {
        events: ['A', 'B', 'C', 'D', 'E'].map((app, n) => read(app, n * 2 * MINUTE)),
        level: 'high',
      },
      'five by a program': {
        events: ['A', 'B', 'C', 'D', 'E'].map((app, n) => read(app, n * 2 * MINUTE, client('terraform'))),
        level: 'medium',
      },
    },
    misses: {
      'five by two administrators': {
        events: ['A', 'B', 'C', 'D', 'E'].map((app, n) => read(app, n * 2 * MINUTE, n === 0 ? { actor: user('ben') } : {})),
      },

      'four within ten minutes': { events: ['A', 'B', 'C', 'D'].map((app, n) => read(app, n * 2 * MINUTE)) },
      'one of them five times': { events: [0, 1, 2, 3, 4].map((n) => read('A', n * MINUTE)) },
      'five within twelve minutes': { events: ['A', 'B', 'C', 'D', 'E'].map((app, n) => read(app, n * 3 * MINUTE)) },
    },
  },
  okta_password_health_report: {
    hits: {
      'the report': { events: [report('/reports/password-health/async_csv_download_schedule')], level: 'low' },
      'the report, from a new address of a network of always': {
        events: [before(), report('/reports/password-health/', { client: { ipAddress: '192.0.2.99' } })],
        level: 'medium',
      },
      'the report, from a new network': { events: [before(), report('/reports/password-health/', ADDRESS)], level: 'high' },
    },
    misses: { 'another report': { events: [report('/reports/app-usage/async_csv_download_schedule')] } },
  },
  okta_token_outside_zone: {
    hits: {
      'a token is refused': { events: [outside()], level: 'high' },
      'one of a super administrator is': { events: [outside()], accounts: { [ann]: SUPER_ADMIN }, level: 'critical' },
      'one is refused in a network of the company': {
        events: [outside()],
        own: ['192.0.2.0/24'],
        accounts: { [ann]: ADMIN },
        level: 'medium',
      },
    },
    misses: { 'a token is revoked': { events: [line('system.api_token.revoke', {}, HOUR)] } },
  },
});
