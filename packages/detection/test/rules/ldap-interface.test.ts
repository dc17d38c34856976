import { type Line, line, MINUTE, over, user } from './log-line.js';
import { testStories } from './stories.js';
import { ADDRESS, ADMIN, PROXY } from './strangers.js';

const ann = user('ann').id;
const failed: Line = { outcome: { result: 'FAILURE', reason: 'INVALID_CREDENTIALS' } };
const bind = (name: string, minutes: number, more: Line = {}): Line => {
  const actor = { ...user(name), detailEntry: { bindDN: `uid=${name},dc=acme,dc=okta,dc=com` } };
  return line('system.ldapi.bind', over({ ...failed, actor }, more), minutes * MINUTE);
};
const searches = (count: number, minutes: number, more: Line = {}, type = 'system.ldapi.search'): readonly Line[] =>
  Array.from({ length: count }, (_, n) => line(type, over(failed, more), (n * minutes * MINUTE) / (count - 1)));
const names = ['ann', 'ben', 'cem', 'dan', 'eve'];
const tenOfAnn = (minutes: number, more: Line = {}): readonly Line[] =>
  Array.from({ length: 10 }, (_, n) => bind('ann', (n * minutes) / 9, more));

testStories('okta/ldap-interface.yml', {
  okta_ldap_spray: {
    hits: {
      'five names within ten minutes': { events: names.map((name, n) => bind(name, n * 2)), level: 'medium' },
      'five names behind a proxy': { events: names.map((name, n) => bind(name, n * 2, PROXY)), level: 'high' },
      'five names behind a gateway of the company': {
        events: names.map((name, n) => bind(name, n * 2)),
        own: ['192.0.2.10'],
        level: 'low',
      },
    },
    misses: {
      'four names within ten minutes': { events: names.slice(1).map((name, n) => bind(name, n * 2)) },
      'five names within twelve minutes': { events: names.map((name, n) => bind(name, n * 3)) },
      'five names from two addresses': { events: names.map((name, n) => bind(name, n * 2, n === 0 ? ADDRESS : {})) },
      'five names that are let in': { events: names.map((name, n) => bind(name, n * 2, { outcome: { result: 'SUCCESS' } })) },
    },
  },
  okta_ldap_guessing: {
    hits: {
      'ten within ten minutes': { events: tenOfAnn(10), level: 'low' },
      'ten of an administrator': { events: tenOfAnn(9), accounts: { [ann]: ADMIN }, level: 'medium' },
      'ten of an administrator through a proxy': { events: tenOfAnn(9, PROXY), accounts: { [ann]: ADMIN }, level: 'high' },
      'ten through a proxy': { events: tenOfAnn(9, PROXY), level: 'medium' },
    },
    misses: {
      'ten of two accounts': { events: [...tenOfAnn(10).slice(1), bind('ben', 5)] },

      'nine within ten minutes': { events: tenOfAnn(10).slice(1) },
      'ten within eleven minutes': { events: tenOfAnn(11) },
    },
  },
  okta_ldap_reconnaissance: {
    hits: {
      'ten within ten minutes': { events: searches(10, 10), level: 'medium' },
      'ten that are too large': { events: searches(10, 10, {}, 'system.ldapi.admin_limit_exceeded'), level: 'medium' },
      'ten through a proxy': { events: searches(10, 10, PROXY), level: 'high' },
      'ten of a server of the company': { events: searches(10, 10), own: ['192.0.2.0/24'], level: 'low' },
    },
    misses: {
      'ten of two accounts': { events: [...searches(9, 10), ...searches(2, 10, { actor: user('ben') })] },

      'nine within ten minutes': { events: searches(9, 10) },
      'ten within eleven minutes and more': { events: searches(10, 12) },
      'ten that are answered': { events: searches(10, 10, { outcome: { result: 'SUCCESS' } }) },
    },
  },
});
