import { HOUR, type Line, line, MINUTE, over, user } from './log-line.js';
import { testStories } from './stories.js';
import { ABROAD, ADDRESS, ADMIN, all, before, DEVICE, HIGH_RISK, PROXY, SUPER_ADMIN } from './strangers.js';

const ann = user('ann').id;
const signIn = (more: Line = {}, after = 0): Line => line('user.session.start', more, after);
const token = { transaction: { detail: { requestApiTokenId: '00Tabc' } } };
const tunnel = (operator: string, type = 'VPN'): Line => ({
  debugContext: { debugData: { tunnels: `[{"operator":"${operator}","type":"${type}","anonymous":true}]` } },
});

testStories('okta/networks.yml', {
  okta_session_through_proxy: {
    hits: {
      'a session through a proxy': { events: [signIn(PROXY)], level: 'low' },
      'one of an administrator': { events: [signIn(PROXY)], accounts: { [ann]: ADMIN }, level: 'medium' },
      'one of a super administrator': { events: [signIn(PROXY)], accounts: { [ann]: SUPER_ADMIN }, level: 'medium' },
      'one of a super administrator with a new device': {
        events: [before(), signIn(all(PROXY, DEVICE))],
        accounts: { [ann]: SUPER_ADMIN },
        level: 'high',
      },
      'one through the proxy of the company': { events: [signIn(PROXY)], own: ['192.0.2.0/24'], level: 'informational' },
    },
    misses: {
      'a session without a proxy': { events: [signIn()] },
      'one that has failed': { events: [signIn(over(PROXY, { outcome: { result: 'FAILURE' } }))] },
    },
  },
  okta_first_proxy: {
    hits: {
      'the first proxy of the company': { events: [before(), signIn(PROXY)], own: ['192.0.2.0/24'], level: 'low' },
      'the first proxy after ten days, on the device of always': { events: [before(), signIn(PROXY)], level: 'low' },
      'the first proxy after ten days, on a new device': { events: [before(), signIn(all(PROXY, DEVICE))], level: 'medium' },
      'the first proxy, in another country': {
        events: [before(), signIn(all(PROXY, ABROAD))],
        level: 'medium',
      },
      'the first proxy on the device of always, at a high risk': {
        events: [before(), signIn(all(PROXY, HIGH_RISK))],
        level: 'high',
      },
      'the first proxy of an administrator': {
        events: [before(), signIn(PROXY)],
        accounts: { [ann]: ADMIN },
        level: 'medium',
      },
      'the first proxy of an administrator, with a new device': {
        events: [before(), signIn(all(PROXY, DEVICE))],
        accounts: { [ann]: ADMIN },
        level: 'high',
      },
    },
    misses: {
      'one that is refused': { events: [before(), signIn(over(PROXY, { outcome: { result: 'FAILURE' } }))] },
      'the first of two people': { events: [before(10, { actor: user('ben') }), signIn(PROXY)] },
      'the first in four weeks': { events: [before(29, PROXY), before(10), signIn(PROXY)] },

      'the second one in ten days': { events: [before(10, PROXY), before(1), signIn(PROXY)] },
      'one of an account that is known for six days': { events: [before(6), signIn(PROXY)] },
      'the first time without one': { events: [before(10, PROXY), signIn()] },
    },
  },
  okta_proxy_new_device_new_place: {
    hits: {
      'a stranger behind a proxy': { events: [before(), signIn(all(ABROAD, DEVICE, PROXY))], level: 'medium' },
      'one at a high risk': {
        events: [before(), signIn(all(ABROAD, DEVICE, PROXY, HIGH_RISK))],
        level: 'high',
      },
      'one of an account that nobody has used for months': {
        events: [before(100), signIn(all(ABROAD, DEVICE, PROXY))],
        level: 'high',
      },
      'through a gateway of the company that counts as a proxy': {
        events: [before(), signIn(all(ABROAD, DEVICE, PROXY))],
        own: ['198.51.100.0/24'],
        level: 'low',
      },
      'one that Okta says is new': {
        events: [
          signIn(
            over(PROXY, { debugContext: { debugData: { behaviors: '{New Geo-Location=POSITIVE, New Device=POSITIVE}' } } }),
          ),
        ],
        level: 'medium',
      },
      'one with the name of an administrator': {
        events: [before(), signIn(all(ABROAD, DEVICE, PROXY))],
        accounts: { [ann]: ADMIN },
        level: 'critical',
      },
    },
    misses: {
      'a stranger who is refused': {
        events: [before(), signIn(all(ABROAD, DEVICE, PROXY, { outcome: { result: 'FAILURE' } }))],
      },
      'a new colleague': {
        events: [before(), signIn(all(ABROAD, DEVICE, PROXY))],
        accounts: { [ann]: { createdAt: Date.parse('2026-11-01T00:00:00Z') } },
      },

      'without a proxy': { events: [before(), signIn(all(ABROAD, DEVICE))] },
      'with the device of always': { events: [before(), signIn(all(ABROAD, PROXY))] },
      'at the place of always': { events: [before(), signIn(all(DEVICE, PROXY))] },
    },
  },
  okta_impossible_travel: {
    hits: {
      'in ten hours': { events: [signIn(), signIn(ABROAD, 10 * HOUR)], level: 'medium' },

      'from Berlin to São Paulo in an hour': { events: [signIn(), signIn(ABROAD, HOUR)], level: 'medium' },
      'of an administrator': { events: [signIn(), signIn(ABROAD, HOUR)], accounts: { [ann]: ADMIN }, level: 'medium' },
      'to a new device': { events: [before(), signIn(), signIn(all(ABROAD, DEVICE), HOUR)], level: 'high' },
      'of a super administrator to a new device': {
        events: [before(), signIn(), signIn(all(ABROAD, DEVICE), HOUR)],
        accounts: { [ann]: SUPER_ADMIN },
        level: 'critical',
      },
    },
    misses: {
      'in ten hours and a half': { events: [signIn(), signIn(ABROAD, 10.5 * HOUR)] },
      'in vain': { events: [signIn(), signIn(over(ABROAD, { outcome: { result: 'FAILURE' } }), HOUR)] },
      'through a tunnel': { events: [signIn(), signIn(over(ABROAD, tunnel('NORDVPN')), HOUR)] },

      'in fourteen hours': { events: [signIn(), signIn(ABROAD, 14 * HOUR)] },
      'through a proxy': { events: [signIn(), signIn(over(ABROAD, PROXY), HOUR)] },
      'by the gateway of the company': { events: [signIn(), signIn(ABROAD, HOUR)], own: ['198.51.100.7'] },
      'of two people': { events: [signIn(), signIn(over(ABROAD, { actor: user('ben') }), HOUR)] },
      'to the next town': {
        events: [signIn(), signIn({ client: { geographicalContext: { geolocation: { lat: 53.55, lon: 9.99 } } } }, 2 * MINUTE)],
      },
    },
  },
  okta_sanctioned_country: {
    hits: {
      'from Iran': { events: [signIn({ client: { geographicalContext: { country: 'Iran' } } })], level: 'medium' },
      'from Crimea': {
        events: [signIn({ client: { geographicalContext: { country: 'Ukraine', state: 'Crimea' } } })],
      },
      'from there for the first time': {
        events: [before(), signIn({ client: { geographicalContext: { country: 'Iran' } } })],
        level: 'high',
      },
    },
    misses: {
      'an attempt from Iran': {
        events: [signIn({ client: { geographicalContext: { country: 'Iran' } }, outcome: { result: 'FAILURE' } })],
      },

      'from Kyiv': { events: [signIn({ client: { geographicalContext: { country: 'Ukraine', state: 'Kyiv City' } } })] },
    },
  },
  okta_country_new_to_all: {
    hits: {
      'of an administrator with a new device': {
        events: [before(), signIn(all(ABROAD, DEVICE))],
        accounts: { [ann]: ADMIN },
        level: 'high',
      },

      'the first from Brazil': { events: [before(), signIn(over(ABROAD, { actor: user('ben') }))], level: 'low' },
      'with a new device': { events: [before(), signIn(all(ABROAD, DEVICE))], level: 'low' },
    },
    misses: {
      'an attempt': { events: [before(), signIn(over(ABROAD, { outcome: { result: 'FAILURE' } }))] },

      'the second one': { events: [before(10, ABROAD), signIn(over(ABROAD, { actor: user('ben') }))] },
      'one of a log that begins': { events: [before(6), signIn(ABROAD)] },
      'one from a network of the company': { events: [before(), signIn(ABROAD)], own: ['198.51.100.0/24'] },
    },
  },
  okta_sign_in_from_listed_address: {
    hits: {
      'from an address in a list': { events: [signIn(ADDRESS)], threats: ['198.51.100.0/24'], level: 'medium' },
      'from one that the account has not used': {
        events: [before(), signIn(ADDRESS)],
        threats: ['198.51.100.0/24'],
        level: 'high',
      },
      'of a super administrator': {
        events: [signIn(ADDRESS)],
        threats: ['198.51.100.7'],
        accounts: { [ann]: SUPER_ADMIN },
        level: 'critical',
      },
    },
    misses: {
      'an attempt': { events: [signIn(over(ADDRESS, { outcome: { result: 'FAILURE' } }))], threats: ['198.51.100.7'] },

      'from another address': { events: [signIn(ADDRESS)], threats: ['198.51.100.8'] },
      'from an address of the company': { events: [signIn(ADDRESS)], threats: ['198.51.100.7'], own: ['198.51.100.7'] },
    },
  },
  okta_api_token_from_listed_address: {
    hits: {
      'a request with that of a super administrator': {
        events: [line('user.lifecycle.create', over(ADDRESS, token))],
        threats: ['198.51.100.7'],
        accounts: { [ann]: SUPER_ADMIN },
        level: 'critical',
      },

      'a request with a token': {
        events: [line('user.lifecycle.create', over(ADDRESS, token))],
        threats: ['198.51.100.7'],
        level: 'high',
      },
    },
    misses: {
      'one from an address of the company': {
        events: [line('user.lifecycle.create', over(ADDRESS, token))],
        threats: ['198.51.100.7'],
        own: ['198.51.100.7'],
      },

      'a request without one': { events: [line('user.lifecycle.create', ADDRESS)], threats: ['198.51.100.7'] },
      'one from elsewhere': { events: [line('user.lifecycle.create', token)], threats: ['198.51.100.7'] },
    },
  },
  okta_hosted_network: {
    hits: {
      'through a VPN service': { events: [signIn(tunnel('HOTSPOT_VPN'))], level: 'low' },
      'from a hosting provider': { events: [signIn({ securityContext: { asOrg: 'DigitalOcean, LLC' } })], level: 'low' },
      'from one that is new, with a new device': {
        events: [before(), signIn(all(ADDRESS, DEVICE, tunnel('NORDVPN')))],
        level: 'medium',
      },
    },
    misses: {
      'an attempt': { events: [signIn(over(tunnel('HOTSPOT_VPN'), { outcome: { result: 'FAILURE' } }))] },

      'through the relay of a phone': { events: [signIn(tunnel('APPLE_ICLOUD_RELAY'))] },
      'from home': { events: [signIn()] },
      'from a network that the account uses': {
        events: [before(), signIn({ securityContext: { asOrg: 'DigitalOcean, LLC' } })],
      },
    },
  },
});
