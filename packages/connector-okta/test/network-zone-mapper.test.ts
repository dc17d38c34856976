import { Drift } from '../src/map/drift.js';
import { mapNetworkZone } from '../src/map/network-zone.js';
import { RecordingLogger } from './support/recording-logger.js';

const logger = new RecordingLogger();
const drift = new Drift(logger);
beforeEach(() => logger.lines.splice(0));

describe('a network zone', () => {
  const entries = (fields: object) => mapNetworkZone({ id: 'z', ...fields }, drift)?.data.entries;

  it('lists what lies in it, whatever its type', () => {
    const gateways = [{ type: 'CIDR', value: '203.0.113.0/24' }];
    expect(entries({ type: 'IP', gateways, proxies: [{ type: 'RANGE', value: '198.51.100.1-198.51.100.9' }] })).toEqual([
      '203.0.113.0/24',
      'proxy:198.51.100.1-198.51.100.9',
    ]);
    expect(entries({ type: 'IP', gateways: null, proxies: null })).toEqual([]);
    const locations = [
      { country: 'DE', region: 'DE-BY' },
      { country: 'AT', region: null },
    ];
    expect(entries({ type: 'DYNAMIC', proxyType: 'Tor', asns: ['64496'], locations })).toEqual([
      'region:DE-BY',
      'country:AT',
      'asn:64496',
      'proxy:Tor',
    ]);
    expect(entries({ type: 'DYNAMIC', proxyType: 'null', locations: null })).toEqual([]);
    expect(
      entries({
        type: 'DYNAMIC_V2',
        locations: { include: [{ country: 'DE' }], exclude: [{ country: 'FR' }] },
        asns: { include: ['64496'] },
        ipServiceCategories: { include: ['ALL_ANONYMIZERS'], exclude: ['X_VPN'] },
      }),
    ).toEqual(['country:DE', 'asn:64496', 'service:ALL_ANONYMIZERS', 'not:country:FR', 'not:service:X_VPN']);
    expect(logger.notUnderstood()).toEqual([]);
  });

  it('says what it is for', () => {
    const usage = (word: unknown) => mapNetworkZone({ id: 'z', usage: word }, drift)?.data.usage;
    expect([usage('POLICY'), usage('BLOCKLIST'), usage('NEW'), usage(undefined)]).toEqual([
      'policy',
      'blocklist',
      'unknown',
      'unknown',
    ]);
  });
});
