import type { OktaObject } from '../json/json.js';
import { textAt } from '../json/json.js';
import type { EventAgent, EventPlace } from '../system-log/event.js';
import type { Random } from './random.js';
import type { Site } from './words.js';
import { SITES } from './words.js';

export const BROWSERS: readonly EventAgent[] = [
  { raw: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/142.0', os: 'Windows 10', browser: 'CHROME', device: 'Computer' },
  {
    raw: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) Safari/605.1',
    os: 'Mac OS 14.6 (Sonoma)',
    browser: 'SAFARI',
    device: 'Computer',
  },
  {
    raw: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X)',
    os: 'iOS 18.1 (iPhone)',
    browser: 'SAFARI',
    device: 'Mobile',
  },
];

export const SCRIPT: EventAgent = { raw: 'python-requests/2.32', os: 'Unknown', browser: 'UNKNOWN', device: 'Unknown' };

export function siteOf(user: OktaObject, random: Random): Site {
  const city = textAt(user, 'profile', 'city');
  return SITES.find((site) => site.city === city) ?? random.pick(SITES);
}

/** Addresses out of the ranges kept for documentation: they are nobody's. */
export function placeOf(site: Site, random: Random): EventPlace {
  const net = random.pick(['192.0.2', '198.51.100', '203.0.113']);
  return {
    ip: `${net}.${1 + random.below(254)}`,
    city: site.city,
    state: site.state,
    country: site.country,
    postalCode: site.postalCode,
    lat: site.lat,
    lon: site.lon,
    isp: 'Example Telecom',
    asNumber: 64_500,
    isProxy: false,
  };
}
