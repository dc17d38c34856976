import { anonymisersLetIn } from '../../src/checks/organisation/anonymisers-let-in.js';
import { logNotSentElsewhere } from '../../src/checks/organisation/log-not-sent-elsewhere.js';
import { logWithoutRecentEvents } from '../../src/checks/organisation/log-without-recent-events.js';
import { noNetworkZone } from '../../src/checks/organisation/no-network-zone.js';
import { daysAgo } from '../fixtures/organisation.js';
import { type Build, evidenceOf, look, scenes, written } from '../fixtures/scenes.js';

const blocks = (...entries: readonly string[]): Build => {
  return (org) => org.zone('z', { usage: 'blocklist', entries });
};

scenes(anonymisersLetIn, ({ names, passes, boundary, set }) => {
  names('nothing is blocked', (org) => org.zone('office', { entries: ['203.0.113.0/24'] }), { organisation: 'medium' });
  names('some services', blocks('service:TOR'), { organisation: 'low' });
  names('some proxies', blocks('proxy:Tor'), { organisation: 'low' });
  names('in some places', blocks('service:ALL_ANONYMIZERS', 'country:DE'), { organisation: 'low' });
  names('addresses that are no service', blocks('203.0.113.0/24', 'proxy:198.51.100.1'), { organisation: 'medium' });
  names(
    'a zone that is off, gone, or for policies only',
    (org) =>
      org
        .zone('off', { usage: 'blocklist', entries: ['service:ALL_ANONYMIZERS'], status: 'inactive' })
        .zone('named', { usage: 'policy', entries: ['service:ALL_ANONYMIZERS'] })
        .zone('gone', { usage: 'blocklist', entries: ['service:ALL_ANONYMIZERS'] })
        .gone('network_zone', 'gone'),
    { organisation: 'medium' },
  );
  passes('all', blocks('service:ALL_ANONYMIZERS'));
  passes('all proxies', blocks('proxy:any'));
  boundary('all but a few', blocks('service:ALL_ANONYMIZERS', 'not:service:ACME_RELAY', 'not:country:DE'), {});
  boundary('only what is left out is said', blocks('not:service:ALL_ANONYMIZERS'), { organisation: 'medium' });
  set('one is enough', { entries: ['service:TOR'] }, blocks('service:TOR'), {});
});

scenes(noNetworkZone, ({ names, passes, boundary }) => {
  names('none', (org) => org.zone('default', { builtIn: true, entries: ['203.0.113.0/24'] }), { organisation: 'low' });
  names('one that is off', (org) => org.zone('old', { status: 'inactive', entries: ['203.0.113.0/24'] }), {
    organisation: 'low',
  });
  names('one that is gone', (org) => org.zone('old', { entries: ['country:DE'] }).gone('network_zone', 'old'), {
    organisation: 'low',
  });
  passes('one', (org) => org.zone('office', { builtIn: false, entries: ['203.0.113.0/24'] }));
  passes('one of which nobody says who made it', (org) => org.zone('office', { entries: ['country:DE'] }));
  test('says what there is instead', async () => {
    const org = await written((it) =>
      it
        .zone('a', { builtIn: true })
        .zone('b', { builtIn: true, status: 'inactive' })
        .zone('c', { status: 'inactive', entries: ['country:DE'] })
        .zone('d', { status: 'inactive', builtIn: false })
        .zone('e'),
    );
    await look(noNetworkZone, org);
    expect(await evidenceOf(org, noNetworkZone, 'organisation')).toEqual({ builtIn: 1, switchedOff: 2 });
  });
  boundary('one with nothing in it', (org) => org.zone('office', { entries: [] }), { organisation: 'low' });
});

scenes(logNotSentElsewhere, ({ names, passes, boundary }) => {
  names('nowhere', (org) => org, { organisation: 'low' });
  names('set up, and off', (org) => org.logStream('siem', { status: 'inactive' }), { organisation: 'medium' });
  names('one that is gone', (org) => org.logStream('siem').gone('log_stream', 'siem'), { organisation: 'low' });
  passes('to one of two', (org) => org.logStream('siem').logStream('old', { status: 'inactive' }));
  boundary('nobody knows whether it is on', (org) => org.logStream('siem', { status: 'unknown' }), { organisation: 'medium' });
});

scenes(logWithoutRecentEvents, ({ names, passes, boundary, set }) => {
  const last = (days: number, littleMs?: number): Build => {
    return (org) => org.used('sign_in', 'ana', daysAgo(400)).used('sign_in', 'ana', daysAgo(days, littleMs));
  };
  names('the last one long ago', last(9), { organisation: 'high' });
  names('none at all', (org) => org, { organisation: 'high' });
  passes('lately', last(0));
  boundary('two days, and a minute to go', last(2, -60_000), {});
  boundary('two days and a minute', last(2), { organisation: 'high' });
  set('a week', { days: 7 }, last(6), {});
});
