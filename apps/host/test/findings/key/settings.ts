import type { JsonObject, Org } from '@castellan/okta-simulator';
import {
  administratorsOf,
  at,
  DAY,
  eventsOf,
  idOf,
  idpsOf,
  isSuper,
  isThere,
  type Keys,
  listed,
  number,
  organisation,
  text,
  texts,
  time,
} from './state.js';

const isOn = (object: JsonObject): boolean => object['status'] === 'ACTIVE';
const zonesOf = (org: Org): readonly JsonObject[] => listed(org, 'zones').filter(isOn);
const tokensOf = (org: Org): readonly JsonObject[] => listed(org, 'api-tokens');
const methodsOf = (org: Org, authenticator: JsonObject): readonly string[] =>
  listed(org, `authenticator-methods/${idOf(authenticator)}`)
    .filter(isOn)
    .map((method) => text(method, 'type'));

const WEAK_METHODS = new Set(['sms', 'voice', 'email', 'security_question']);

/** Names that a zone has something to tell networks by. */
const hasEntries = (zone: JsonObject): boolean =>
  ['gateways', 'proxies', 'asns', 'locations'].some((name) => {
    const list = at(zone, name);
    return Array.isArray(list) && list.length > 0;
  }) ||
  text(zone, 'proxyType') !== '' ||
  at(zone, 'ipServiceCategories') !== undefined;

/** Every anonymiser from everywhere: not those of one country only. */
const blocksAll = (zone: JsonObject): boolean => {
  const isEverywhere = ['locations', 'asns'].every((name) => {
    const list = at(zone, name);
    return !Array.isArray(list) || list.length === 0;
  });
  const isAll = text(zone, 'proxyType') === 'Any' || texts(zone, 'ipServiceCategories', 'include').includes('ALL_ANONYMIZERS');
  return text(zone, 'usage') === 'BLOCKLIST' && isAll && isEverywhere;
};

/** Networks, authenticators, tokens, the log and the rest of what holds for the whole organisation. */
export const SETTINGS: Keys = {
  'anonymisers-let-in': (org) => organisation(!zonesOf(org).some(blocksAll)),
  'no-network-zone': (org) => organisation(!zonesOf(org).some((zone) => zone['system'] === false && hasEntries(zone))),
  'bad-addresses-let-in': (org) =>
    organisation(listed(org, 'threat-insight').some((one) => ['none', 'audit'].includes(text(one, 'action')))),
  'console-session-too-long': (org) => {
    const console = org.list('org').get('admin-console');
    return organisation(
      number(console, 'sessionIdleTimeoutMinutes') > 15 || number(console, 'sessionMaxLifetimeMinutes') > 720,
    );
  },
  'log-not-sent-elsewhere': (org) => organisation(!listed(org, 'log-streams').some(isOn)),
  'log-without-recent-events': (org, now) => organisation(!eventsOf(org).some((event) => event.at > now - 2 * DAY)),
  'support-access-left-on': (org, now) => {
    const support = org.list('org').get('support');
    return organisation(text(support, 'support') === 'ENABLED' && !(time(support, 'expiration') <= now + DAY));
  },
  'smart-card-not-accepted': (org) => {
    const cards = listed(org, 'authenticators').some((one) => isOn(one) && text(one, 'key') === 'smart_card_idp');
    return organisation(!(cards && idpsOf(org).some((idp) => idp['type'] === 'X509')));
  },
  'authenticator-app-without-validated-cryptography': (org) =>
    listed(org, 'authenticators')
      .filter((one) => isOn(one) && text(one, 'settings', 'compliance', 'fips') === 'OPTIONAL')
      .map(idOf),
  'weak-sign-in-method-on': (org) =>
    listed(org, 'authenticators')
      .filter((one) => isOn(one) && methodsOf(org, one).some((method) => WEAK_METHODS.has(method)))
      .map(idOf),
  'api-token-of-super-administrator': (org) => {
    const roles = administratorsOf(org);
    return tokensOf(org)
      .filter((token) => isSuper(roles.get(text(token, 'userId'))))
      .map(idOf);
  },
  'api-token-of-switched-off-owner': (org) =>
    tokensOf(org)
      .filter((token) => {
        const owner = org.directory.users.get(text(token, 'userId'));
        return owner === undefined || !isThere(owner) || owner['status'] === 'SUSPENDED';
      })
      .map(idOf),
  'api-token-too-old': (org, now) =>
    tokensOf(org)
      .filter((token) => time(token, 'created') < now - 180 * DAY)
      .map(idOf),
  'api-token-works-anywhere': (org) =>
    tokensOf(org)
      .filter((token) => text(token, 'network', 'connection') === 'ANYWHERE')
      .map(idOf),
};
