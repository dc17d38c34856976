import { type Line, line, target } from './log-line.js';
import { orRefused } from './refused.js';
import { testStories } from './stories.js';
import { BY_PROXY, changed } from './suspicious.js';

const partner = target('IDP', 'Partner');
const idp = (what: string, more: Line = {}): Line => line(`system.idp.lifecycle.${what}`, { target: [partner], ...more });
const idpTo = (to: Line, more: Line = {}): Line => idp('update', { target: [changed('IDP', 'Partner', {}, to)], ...more });
const refused: Line = { outcome: { result: 'FAILURE' } };
const org2org = target('AppInstance', 'Hub', { displayName: 'Okta Org2Org' });
const app = (what: string, more: Line = {}): Line => line(`application.lifecycle.${what}`, { target: [org2org], ...more });
const origin = (trustedOriginUrl: string, more: Line = {}): Line =>
  line('security.trusted_origin.create', {
    target: [target('TrustedOrigin', 'Portal', { detailEntry: { trustedOriginUrl } })],
    ...more,
  });

testStories(
  'okta/identity-providers.yml',
  orRefused({
    okta_idp_created: {
      hits: {
        'one is added': { events: [idp('create')], level: 'high' },
        'one is added from the office': { events: [idp('create')], own: ['192.0.2.0/24'], level: 'medium' },
        'one is added by a proxy': { events: [idp('create', BY_PROXY)], level: 'critical' },
      },
      misses: { 'it was refused': { events: [idp('create', refused)] } },
    },
    okta_idp_trust_changed: {
      hits: {
        'who is linked': { events: [idpTo({ policyAccountLink: { action: 'AUTO' } })], level: 'medium' },
        'what it says of factors is believed': { events: [idpTo({ policyMapAmrClaims: true })], level: 'high' },
        'another certificate, by a proxy': { events: [idpTo({ credentialsTrustKid: 'k2' }, BY_PROXY)], level: 'critical' },
      },
      misses: { 'another name': { events: [idpTo({ name: 'Partner GmbH' })] } },
    },
    okta_idp_changed: {
      hits: {
        'another name': { events: [idpTo({ name: 'Partner GmbH' })], level: 'low' },
        'it is activated by a proxy': { events: [idp('activate', BY_PROXY)], level: 'high' },
      },
      misses: { 'who is linked': { events: [idpTo({ policyAccountLink: { action: 'AUTO' } })] } },
    },
    okta_idp_removed: {
      hits: {
        'it is deactivated': { events: [idp('deactivate')], level: 'low' },
        'it is deleted by a proxy': { events: [idp('delete', BY_PROXY)], level: 'high' },
      },
      misses: { 'it is activated': { events: [idp('activate')] } },
    },
    okta_idp_key_changed: {
      hits: {
        'a key is added': { events: [line('system.idp.key.create')], level: 'low' },
        'a key is changed by a proxy': { events: [line('system.idp.key.update', BY_PROXY)], level: 'critical' },
      },
      misses: { 'a key is deleted': { events: [line('system.idp.key.delete')] } },
    },
    okta_org2org_changed: {
      hits: {
        'one is set up': { events: [app('create')], level: 'high' },
        'one is changed': { events: [app('update')], level: 'medium' },
        'one is changed by a proxy': { events: [app('update', BY_PROXY)], level: 'critical' },
      },
      misses: { 'another application': { events: [app('create', { target: [target('AppInstance', 'Wiki')] })] } },
    },
    okta_saml_key_changed: {
      hits: {
        'a key is made': { events: [line('app.keys.generate')], level: 'low' },
        'a key is copied': { events: [line('app.keys.clone')], level: 'medium' },
        'a key is copied by a proxy': { events: [line('app.keys.clone', BY_PROXY)], level: 'high' },
      },
      misses: { 'a key is deleted': { events: [line('app.keys.delete')] } },
    },
    okta_delegated_authentication_on: {
      hits: {
        'it is switched on': { events: [line('application.configuration.enable_delauth_outbound')], level: 'high' },
        'it is switched on in the office': {
          events: [line('application.configuration.enable_delauth_outbound')],
          own: ['192.0.2.10'],
          level: 'medium',
        },
      },
      misses: { 'it is switched off': { events: [line('application.configuration.disable_delauth_outbound')] } },
    },
    okta_ssf_provider_added: {
      hits: {
        'one is added': { events: [line('security.events.provider.create')], level: 'low' },
        'one is changed by a proxy': { events: [line('security.events.provider.update', BY_PROXY)], level: 'high' },
      },
      misses: { 'one is deactivated': { events: [line('security.events.provider.deactivate')] } },
    },
    okta_trusted_origin_added: {
      hits: {
        'one is added': { events: [origin('https://portal.acme.test')], level: 'low' },
        'one without encryption': { events: [origin('http://portal.acme.test')], level: 'medium' },
        'one is added by a proxy': { events: [origin('https://portal.acme.test', BY_PROXY)], level: 'high' },
      },
      misses: { 'one is deactivated': { events: [line('security.trusted_origin.deactivate')] } },
    },
    okta_custom_domain_changed: {
      hits: {
        'one is set up': { events: [line('system.custom_url_domain.initiate')], level: 'low' },
        'one is changed by a proxy': { events: [line('system.custom_url_domain.update', BY_PROXY)], level: 'high' },
      },
      misses: { 'it was refused': { events: [line('system.custom_url_domain.initiate', refused)] } },
    },
  }),
);
