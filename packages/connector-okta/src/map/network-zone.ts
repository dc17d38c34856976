import type { NetworkZone, SourceRecord } from '@castellan/connector-sdk';
import type { Drift } from './drift.js';
import { LIFECYCLE_STATUS } from './lifecycle-status.js';
import { ObjectReader } from './object-reader.js';
import { POSTURE_FIELDS } from './posture-fields.js';
import { redactObject } from './redact.js';

const USAGE: Readonly<Record<string, NetworkZone['usage']>> = { POLICY: 'policy', BLOCKLIST: 'blocklist' };

export function mapNetworkZone(value: unknown, drift: Drift): SourceRecord<'network_zone'> | null {
  const zone = ObjectReader.of(value, 'network zone', drift, POSTURE_FIELDS.zone);
  const key = zone?.id('id') ?? null;
  if (zone === null || key === null) return null;
  const type = zone.string('type');
  return {
    kind: 'network_zone',
    key,
    data: {
      name: zone.string('name'),
      type,
      status: zone.oneOf<NetworkZone['status']>('status', LIFECYCLE_STATUS, 'unknown'),
      providerStatus: zone.string('status'),
      usage: zone.oneOf<NetworkZone['usage']>('usage', USAGE, 'unknown'),
      builtIn: zone.boolean('system'),
      entries: type === 'DYNAMIC_V2' ? enhancedEntries(zone) : entriesOf(zone),
      createdAt: zone.instant('created'),
      updatedAt: zone.instant('lastUpdated'),
    },
    raw: redactObject(value, drift.harmless),
  };
}

/** Address ranges of an IP zone; places, networks and proxies of a dynamic one. */
function entriesOf(zone: ObjectReader): readonly string[] {
  const proxyType = zone.filled('proxyType');
  return [
    ...filledIn(zone.children('gateways'), 'value'),
    ...filledIn(zone.children('proxies'), 'value').map((range) => `proxy:${range}`),
    ...placesIn(zone.children('locations')),
    ...zone.strings('asns').map((asn) => `asn:${asn}`),
    // Okta writes the word.
    ...(proxyType === null || proxyType === 'null' ? [] : [`proxy:${proxyType}`]),
  ];
}

/** An enhanced dynamic zone says of each what is in it and what is left out. */
function enhancedEntries(zone: ObjectReader): readonly string[] {
  const [locations, asns, services] = [zone.child('locations'), zone.child('asns'), zone.child('ipServiceCategories')];
  const listed = (side: 'include' | 'exclude'): readonly string[] => [
    ...placesIn(locations.children(side)),
    ...asns.strings(side).map((asn) => `asn:${asn}`),
    ...services.strings(side).map((service) => `service:${service}`),
  ];
  return [...listed('include'), ...listed('exclude').map((entry) => `not:${entry}`)];
}

function placesIn(locations: readonly ObjectReader[]): readonly string[] {
  return locations.flatMap((location) => {
    const region = location.filled('region');
    if (region !== null) return [`region:${region}`];
    const country = location.filled('country');
    return country === null ? [] : [`country:${country}`];
  });
}

function filledIn(readers: readonly ObjectReader[], key: string): readonly string[] {
  return readers.map((reader) => reader.filled(key)).filter((text) => text !== null);
}
