import { siteOf } from '../generator/event-place.js';
import { hashOf, Random } from '../generator/random.js';
import type { Site } from '../generator/words.js';
import { ODD_SITES, SITES } from '../generator/words.js';
import type { OktaObject } from '../json/json.js';
import { textAt } from '../json/json.js';
import type { EventAgent, EventPlace } from '../system-log/event.js';

/** Where a request comes from and what it is made with. */
export interface Client {
  readonly place: EventPlace;
  readonly agent: EventAgent;
}

interface Network {
  readonly ip: string;
  readonly isp: string;
  readonly asNumber: number;
  readonly isProxy?: boolean;
}

/** Numbers of networks and addresses that are kept for documentation and measurements: they are nobody's. */
const OFFICE = { isp: 'Larkmill', asNumber: 64_496 } as const;
const TELECOM = { isp: 'Example Telecom', asNumber: 64_497 } as const;
const MOBILE = { isp: 'Example Mobile', asNumber: 64_498 } as const;
const VPN = { isp: 'Example Work Tunnel', asNumber: 64_499 } as const;
const RELAY = { isp: 'iCloud Private Relay', asNumber: 64_501 } as const;

/** Of many small providers of rented machines. */
const HOSTING_FROM = 65_536;

export const placeAt = (site: Site, { ip, isp, asNumber, isProxy = false }: Network): EventPlace => {
  const { city, state, country, postalCode, lat, lon } = site;
  return { ip, city, state, country, postalCode, lat, lon, isp, asNumber, isProxy };
};

/** What belongs to one person and stays theirs: the same draw each time. */
const drawOf = (user: OktaObject, what: string): Random => Random.of(user.id, what);

const homeSite = (user: OktaObject): Site => siteOf(user, drawOf(user, 'site'));

const homeAddress = (user: OktaObject, what: string): string => {
  const random = drawOf(user, what);
  return `198.19.${random.below(256)}.${1 + random.below(254)}`;
};

/** Everybody of a site comes out of its office by one address. */
export function officeOf(user: OktaObject): EventPlace {
  const site = homeSite(user);
  return placeAt(site, { ...OFFICE, ip: `192.0.2.${10 + SITES.findIndex(({ city }) => city === site.city)}` });
}

export const homeOf = (user: OktaObject): EventPlace => placeAt(homeSite(user), { ...TELECOM, ip: homeAddress(user, 'home') });

export const mobileNetworkOf = (user: OktaObject): EventPlace =>
  placeAt(homeSite(user), { ...MOBILE, ip: homeAddress(user, 'mobile') });

/** The company's own VPN: another address and network, and the same country. */
export const vpnOf = (user: OktaObject): EventPlace => placeAt(homeSite(user), { ...VPN, ip: '192.0.2.200' });

/** Apple hides the address of its customers, and leaves their region. */
export const privateRelayOf = (user: OktaObject): EventPlace =>
  placeAt(homeSite(user), { ...RELAY, ip: homeAddress(user, 'relay'), isProxy: true });

/** Another site of the company: what a journey leads to. */
export function otherOfficeThan(user: OktaObject, city: string): EventPlace {
  const own = homeSite(user);
  const site =
    SITES.find((one) => one.city === city && one.city !== own.city) ?? SITES.find((one) => one.city !== own.city) ?? own;
  return placeAt(site, { ...OFFICE, ip: `192.0.2.${10 + SITES.indexOf(site)}` });
}

/** The site of the company that a flight of some hours leads to. @returns its office, and how far it is in kilometres */
export function nextOffice(user: OktaObject): { readonly place: EventPlace; readonly kilometres: number } {
  const own = homeSite(user);
  const others = SITES.filter(({ city }) => city !== own.city).map((site) => ({ site, kilometres: distance(own, site) }));
  const [nearest] = others.toSorted((left, right) => left.kilometres - right.kilometres);
  if (nearest === undefined) throw new Error('the company has one site only');
  return { place: otherOfficeThan(user, nearest.site.city), kilometres: nearest.kilometres };
}

function distance(from: Site, to: Site): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const [latitude, longitude] = [radians(to.lat - from.lat), radians(to.lon - from.lon)];
  const part = Math.sin(latitude / 2) ** 2;
  const across = Math.cos(radians(from.lat)) * Math.cos(radians(to.lat)) * Math.sin(longitude / 2) ** 2;
  return Math.round(12_742 * Math.asin(Math.sqrt(part + across)));
}

/** A rented machine where nobody of the company works. `isProxy`: it is one of an anonymiser's. */
export function hostingPlace(random: Random, isProxy = false): EventPlace {
  const number = random.below(16);
  const network = { isp: `Example Hosting ${number + 1}`, asNumber: HOSTING_FROM + number, isProxy };
  return placeAt(random.pick(ODD_SITES), { ...network, ip: foreignAddress(random) });
}

/** Somebody's connection at home, lent without their knowledge: no proxy as far as anybody can tell. */
export function residentialPlace(random: Random): EventPlace {
  const network = { isp: 'Example Cable', asNumber: 65_545 + random.below(7) };
  return placeAt(random.pick([...SITES, ...ODD_SITES]), { ...network, ip: foreignAddress(random) });
}

const foreignAddress = (random: Random): string => `198.18.${random.below(256)}.${1 + random.below(254)}`;

/** Out of the network that a test of the company's own defences is announced for. */
export const TESTERS_NETWORK = '198.18.255.0/28';
export const testersPlace = (): EventPlace =>
  placeAt(SITES[0] ?? homeSite({ id: '' }), { isp: 'Example Testers', asNumber: 65_551, ip: '198.18.255.5' });

const chrome = (version: number): string => `AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36`;

export const windowsChrome = (version = 142): EventAgent => ({
  raw: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome(version)}`,
  os: 'Windows 10',
  browser: 'CHROME',
  device: 'Computer',
});

const MAC_SAFARI: EventAgent = {
  raw: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
  os: 'Mac OS X',
  browser: 'SAFARI',
  device: 'Computer',
};

export const LINUX_FIREFOX: EventAgent = {
  raw: 'Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0',
  os: 'Linux',
  browser: 'FIREFOX',
  device: 'Computer',
};

export const IPHONE: EventAgent = {
  raw: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
  os: 'iOS (iPhone)',
  browser: 'SAFARI',
  device: 'Mobile',
};

/** Okta's app on a phone: it answers pushes, and has a request of its own for that. */
export const OKTA_VERIFY: EventAgent = {
  raw: 'OktaVerify/9.30.0 DeviceSDK/1.0.0 iOS/18.1 Apple/iPhone15,2',
  os: 'iOS',
  browser: 'UNKNOWN',
  device: 'Mobile',
};

export const agentOfScript = (raw: string): EventAgent => ({ raw, os: 'Unknown', browser: 'UNKNOWN', device: 'Unknown' });

export const laptopOf = (user: OktaObject): EventAgent => (hashOf(user.id, 'laptop') % 2 === 0 ? windowsChrome() : MAC_SAFARI);

/** A laptop of the other kind than theirs. */
export const otherLaptopThan = (user: OktaObject): EventAgent =>
  textAt({ os: laptopOf(user).os }, 'os') === MAC_SAFARI.os ? LINUX_FIREFOX : MAC_SAFARI;

export const atOffice = (user: OktaObject): Client => ({ place: officeOf(user), agent: laptopOf(user) });
export const atHome = (user: OktaObject): Client => ({ place: homeOf(user), agent: laptopOf(user) });
export const onPhone = (user: OktaObject): Client => ({ place: mobileNetworkOf(user), agent: OKTA_VERIFY });
