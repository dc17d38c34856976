import { Enricher } from '../../src/enrichment/enricher.js';
import { HistoriesInMemory } from '../../src/enrichment/memory.js';
import { LearnedFromLog } from '../../src/enrichment/learned-from-log.js';
import { networksOf } from '../../src/enrichment/networks.js';
import { type LogEvent, readEvent } from '../../src/log-event.js';
import { saidOf } from './said-of.js';

const MINUTE = 60_000;
const DAY = 86_400_000;
const BEGIN = Date.parse('2026-01-05T08:00:00.000Z');

const PLACES = [
  [52.5, 13.4],
  [48.9, 2.4],
  [35.7, 139.7],
] as const;

interface Happened {
  readonly at: number;
  readonly who?: string;
  readonly type?: string;
  readonly where?: number;
  readonly address?: string;
  readonly app?: string;
  readonly privilege?: string;
}

function eventOf({ at, who = 'ana', type = 'user.authentication.sso', where, ...of }: Happened, n: number): LogEvent {
  const place = where === undefined ? undefined : PLACES[where];
  const isPrivilege = type.startsWith('user.account.privilege');
  const event = readEvent({
    uuid: `event ${n}`,
    published: new Date(at).toISOString(),
    eventType: type,
    actor: { id: isPrivilege ? 'root' : who, type: 'User', alternateId: `${who}@example.com` },
    client: {
      ipAddress: of.address ?? '192.0.2.7',
      ...(place && { geographicalContext: { geolocation: { lat: place[0], lon: place[1] } } }),
    },
    outcome: { result: 'SUCCESS' },
    target: [
      ...(isPrivilege ? [{ id: who, type: 'User' }] : []),
      ...(of.app === undefined ? [] : [{ id: of.app, type: 'AppInstance' }]),
    ],
    debugContext: { debugData: { privilegeGranted: of.privilege ?? '' } },
  });
  if (event === undefined) throw new Error('It is an event.');
  return event;
}

/** What is said of each event when so many come together. */
function saidInBatches(events: readonly LogEvent[], sizes: () => number): readonly unknown[] {
  const learned = new LearnedFromLog();
  const memory = new HistoriesInMemory();
  const enricher = new Enricher({ known: learned, memory, ownNetworks: networksOf([]), threats: networksOf([]) });
  const said: unknown[] = [];
  for (let from = 0; from < events.length; ) {
    const batch = events.slice(from, from + sizes());
    from += batch.length;
    for (const event of batch) learned.learn(event);
    enricher.learn(batch);
    for (const event of batch) said.push(saidOf(enricher, event));
  }
  return said;
}

const together = (events: readonly LogEvent[]): readonly unknown[] => saidInBatches(events, () => events.length);

test('of a sign-in after half a year it is said how long that was, whatever came with it', () => {
  const later = [0, 30, 90, 180, 300].map((minutes) => BEGIN + 180 * DAY + minutes * MINUTE);
  const events = [BEGIN, ...later].map((at, n) => eventOf({ at }, n));
  const said = together(events);
  expect(said[1]).toMatchObject({ actor: { dormantDays: 180, isDormant: true } });
  expect(said[4]).toMatchObject({ actor: { dormantDays: 0, isDormant: false } });
});

test('of a sign-in far away the way is known, whatever came with it', () => {
  const near = Array.from({ length: 20 }, (_, n) => eventOf({ at: BEGIN + (n + 2) * 10 * MINUTE, where: 2 }, n + 2));
  const events = [eventOf({ at: BEGIN, where: 0 }, 0), eventOf({ at: BEGIN + 10 * MINUTE, where: 2 }, 1), ...near];
  // From Berlin to Tokyo, as maps have it: 8,900 km.
  expect(together(events)[1]).toMatchObject({ geo: { km: expect.closeTo(8_920, -2) } });
});

test('a value that was known for long is not new because many others come with it', () => {
  const known = [0, 8].map((day, n) => eventOf({ at: BEGIN + day * DAY, address: '198.51.100.1' }, n));
  const others = Array.from({ length: 700 }, (_, n) =>
    eventOf({ at: BEGIN + 8 * DAY + (n + 1) * MINUTE, address: `203.0.${n >> 8}.${n & 255}` }, n + 2),
  );
  const said = together([...known, ...others]);
  expect(said[1]).toMatchObject({ ip: { isNew: false } });
  expect(said[2]).toMatchObject({ ip: { isNew: true } });
});

test('who becomes an administrator later is none before', () => {
  const grant = { type: 'user.account.privilege.grant', privilege: 'Super administrator' };
  const events = [
    eventOf({ at: BEGIN }, 0),
    eventOf({ at: BEGIN + MINUTE, ...grant }, 1),
    eventOf({ at: BEGIN + 2 * MINUTE }, 2),
    eventOf({ at: BEGIN + 3 * MINUTE, type: 'user.account.privilege.revoke' }, 3),
    eventOf({ at: BEGIN + 4 * MINUTE }, 4),
  ];
  const said = together(events);
  expect(said[0]).not.toHaveProperty('actor.isAdmin');
  expect(said[2]).toMatchObject({ actor: { isAdmin: true, isSuperAdmin: true, roles: ['Super administrator'] } });
  expect(said[4]).not.toHaveProperty('actor.isAdmin');
});

/** Numbers that are the same each time. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return Math.floor((state / 0x8000_0000) * below);
  };
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])('what is said of events does not depend on how they are cut (%i)', (seed) => {
  const below = numbersFrom(seed * 7_919);
  let at = BEGIN;
  const events = Array.from({ length: 600 }, (_, n) => {
    // Mostly minutes, at times months.
    at += below(20) === 0 ? below(150 * DAY) : below(90 * MINUTE);
    const isGrant = below(40) === 0;
    return eventOf(
      {
        at,
        who: `person ${below(3)}`,
        ...(below(3) > 0 && { where: below(PLACES.length) }),
        address: `192.0.2.${below(40)}`,
        ...(below(2) > 0 && { app: `app ${below(5)}` }),
        ...(isGrant && {
          type: `user.account.privilege.${below(2) === 0 ? 'grant' : 'revoke'}`,
          privilege: 'Group administrator',
        }),
      },
      n,
    );
  });
  const oneByOne = saidInBatches(events, () => 1);
  expect(together(events)).toEqual(oneByOne);
  expect(saidInBatches(events, () => 1 + below(50))).toEqual(oneByOne);
});
