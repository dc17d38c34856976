import { generateOrg } from '../src/generator/generate.js';
import { planOf } from '../src/generator/plan.js';
import { textAt, timeOf } from '../src/json/json.js';
import { liveOrdinaryWeeks, Org } from '../src/index.js';

const DAY = 86_400_000;
const EPOCH = new Date('2026-10-06T00:00:00.000Z');
const WEEKS = 3;

function lived(seed = 5): Org {
  const org = new Org({ baseUrl: 'http://127.0.0.1:1', now: () => EPOCH, seed, derive: true });
  generateOrg(org, planOf({ users: 60, groups: 12, apps: 12, events: 0 }, seed, EPOCH));
  liveOrdinaryWeeks(org, { until: EPOCH, weeks: WEEKS });
  return org;
}

const org = lived();
const events = Array.from({ length: org.log.length }, (_, index) => org.log.eventAt(index));
const starts = events.filter(({ eventType }) => eventType === 'user.session.start');

test('the weeks are told in order, end when they should, and are the same again', () => {
  const times = events.map((event) => Date.parse(textAt(event, 'published') ?? ''));
  expect(times).toEqual(times.toSorted((left, right) => left - right));
  expect(times[0]).toBeGreaterThanOrEqual(EPOCH.getTime() - WEEKS * 7 * DAY);
  expect(times.at(-1)).toBeLessThan(EPOCH.getTime());
  const again = lived();
  expect(Array.from({ length: again.log.length }, (_, index) => again.log.eventAt(index))).toEqual(events);
});

test('people come from few addresses, with what is theirs, and on most of the working days somebody does', () => {
  const addresses = new Map<string, Set<string>>();
  const days = new Set<number>();
  for (const event of starts) {
    const who = textAt(event, 'actor', 'id') ?? '';
    addresses.set(who, (addresses.get(who) ?? new Set()).add(textAt(event, 'client', 'ipAddress') ?? ''));
    days.add(new Date(textAt(event, 'published') ?? '').getUTCDay());
  }
  expect(addresses.size).toBeGreaterThan(30);
  // The office and home: the phone is at home, too.
  expect(Math.max(...[...addresses.values()].map(({ size }) => size))).toBe(2);
  expect([1, 2, 3, 4, 5].filter((day) => !days.has(day))).toEqual([]);
});

test('who was away before stays away, and nobody fails', () => {
  const first = EPOCH.getTime() - WEEKS * 7 * DAY;
  const away = [...org.directory.users.values()].filter((user) => (timeOf(user['lastLogin']) ?? 0) < first);
  expect(away.length).toBeGreaterThan(0);
  const seen = new Set(starts.map((event) => textAt(event, 'actor', 'id')));
  expect(away.filter(({ id }) => seen.has(id))).toEqual([]);
  expect(events.filter((event) => textAt(event, 'outcome', 'result') === 'FAILURE')).toEqual([]);
});

test('they are refused where the log goes on into them', () => {
  expect(() => liveOrdinaryWeeks(org, { until: EPOCH, weeks: 1 })).toThrow(RangeError);
});
