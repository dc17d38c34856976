import fc from 'fast-check';
import type { Entry } from '../../src/correlation/entry.js';
import type { Episode } from '../../src/correlation/episode.js';
import { advance } from '../../src/correlation/advance.js';
import { Group, type GroupState } from '../../src/correlation/group.js';
import { LATEST_MS } from '../../src/correlation/lateness.js';
import { readCorrelation } from '../../src/correlation/read-correlation.js';
import { naiveStories, type Plain } from './naive.js';

const MINUTE = 60_000;

function correlation(type: string, condition: object, rules = ['a', 'b']) {
  const content = { title: 't', correlation: { type, rules, 'group-by': [], timespan: '10m', condition: { ...condition } } };
  return readCorrelation(content, { file: 'a.yml', line: 1 }, {});
}

const RULES = [
  correlation('event_count', { gte: 3 }),
  correlation('event_count', { gte: 2, lt: 4 }),
  correlation('value_count', { gte: 3, field: 'x' }),
  correlation('value_sum', { gte: 12, field: 'x' }),
  correlation('value_avg', { gte: 4, field: 'x' }),
  correlation('value_percentile', { gte: 4, field: 'x', percentile: 75 }),
  correlation('temporal', {}, ['a', 'b', 'c']),
  correlation('temporal_ordered', {}, ['a', 'b', 'c']),
  correlation('castellan.ratio', { gte: 1, least: 1 }),
  correlation('castellan.new_value', { field: 'x', learned: '12m' }),
  correlation('castellan.absence', {}),
  correlation('castellan.geo_velocity', { gte: 900, km: 50 }),
];

const events = (rules: number) =>
  fc
    .array(
      fc.record({
        at: fc.integer({ min: 0, max: 90 }).map((minutes) => minutes * MINUTE),
        rule: fc.integer({ min: 0, max: rules - 1 }),
        value: fc.integer({ min: 0, max: 6 }).map(String),
        east: fc.integer({ min: 0, max: 5 }),
        // Now and then another rule has matched the same event.
        isTwice: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
      }),
      { maxLength: 30 },
    )
    .map((all) =>
      all.flatMap(({ isTwice, ...one }, n): readonly Plain[] => {
        const event = { ...one, id: `e${String(n).padStart(2, '0')}` };
        return isTwice ? [event, { ...event, rule: (event.rule + 1) % rules }] : [event];
      }),
    );

const entryOf = ({ east, ...event }: Plain): Entry => ({ ...event, place: [0, east] });
const eventsOf = (episodes: Iterable<Episode>): readonly string[] =>
  [...episodes].map(({ key, events: ids }) => `${key}: ${ids.toSorted().join(' ')}`).toSorted();

interface Telling {
  readonly stories: Map<string, Episode>;
  group: Group;
  until: number;
}

/** What a reader of the changes knows. */
function tell(telling: Telling, rule: (typeof RULES)[number], batch: readonly Plain[], until: number): void {
  telling.until = Math.max(telling.until, until);
  for (const one of batch) telling.group.add(entryOf(one));
  const { changed, gone } = advance({ rule, lateMs: LATEST_MS }, telling.group, telling.until);
  // As it is kept.
  telling.group = Group.of('', JSON.parse(JSON.stringify(telling.group)) as GroupState);
  for (const key of gone) expect(telling.stories.delete(key)).toBe(true);
  for (const { replaces, ...episode } of changed) {
    for (const key of replaces) expect(telling.stories.delete(key)).toBe(true);
    telling.stories.set(episode.key, episode);
  }
}

test.each(RULES.map((rule) => [rule.kind.type, rule] as const))(
  '%s: what is told in parts, in whatever order, twice or once, is what is there',
  (_, rule) => {
    let found = 0;
    fc.assert(
      fc.property(
        events(rule.rules.length),
        fc.infiniteStream(fc.nat()),
        fc.integer({ min: 1, max: 8 }),
        (all, chance, size) => {
          const random = (below: number): number => chance.next().value % below;
          // Late by at most five minutes, and some of them twice.
          const arriving = all
            .map((one) => ({ one, seenAt: one.at + random(6) * MINUTE }))
            .toSorted((one, other) => one.seenAt - other.seenAt)
            .flatMap(({ one }) => (random(4) === 0 ? [one, one] : [one]));
          const telling: Telling = { stories: new Map(), group: new Group(''), until: 0 };
          for (let n = 0; n < arriving.length; n += size) {
            const batch = arriving.slice(n, n + size);
            tell(telling, rule, batch, Math.max(...batch.map(({ at }) => at)));
          }
          const until = telling.until + random(2) * 60 * MINUTE;
          tell(telling, rule, [], until);
          const expected = naiveStories(rule, all, until);
          const keyed = expected.map((ids) => `${firstOf(all, ids)}: ${ids.join(' ')}`);
          expect(eventsOf(telling.stories.values())).toEqual(keyed.toSorted());
          found += expected.length;
        },
      ),
      { numRuns: 500 },
    );
    expect(found).toBeGreaterThan(10);
  },
);

function firstOf(all: readonly Plain[], ids: readonly string[]): string | undefined {
  const own = all.filter(({ id }) => ids.includes(id));
  return own.toSorted((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1))[0]?.id;
}
