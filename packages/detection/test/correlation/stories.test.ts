import fc from 'fast-check';
import { readCorrelation } from '../../src/correlation/read-correlation.js';
import { advance, EMPTY, type Episode, type GroupState } from '../../src/correlation/group.js';
import { naiveStories, type Plain } from './naive.js';

const MINUTE = 60_000;

function correlation(type: string, condition: object, rules = ['a', 'b']) {
  const content = { title: 't', correlation: { type, rules, 'group-by': [], timespan: '10m', condition: { ...condition } } };
  return readCorrelation(content, { file: 'a.yml', line: 1 });
}

const RULES = [
  correlation('event_count', { gte: 3 }),
  correlation('value_count', { gte: 3, field: 'x' }),
  correlation('value_sum', { gte: 12, field: 'x' }),
  correlation('value_avg', { gte: 4, field: 'x' }),
  correlation('temporal', {}),
  correlation('castellan.ratio', { gte: 2, least: 2 }),
];

const events = fc
  .array(
    fc.record({
      at: fc.integer({ min: 0, max: 60 }).map((minutes) => minutes * MINUTE),
      rule: fc.integer({ min: 0, max: 1 }),
      value: fc.option(fc.integer({ min: 0, max: 6 }).map(String), { nil: undefined }),
    }),
    { maxLength: 30 },
  )
  .map((all) => all.map((one, n): Plain => ({ ...one, id: `e${n}` })));

const eventsOf = (episodes: Iterable<Episode>): readonly string[] =>
  [...episodes].map(({ events: ids }) => ids.toSorted().join(' ')).toSorted();

test.each(RULES.map((rule) => [rule.kind.type, rule] as const))(
  '%s: what is found in parts, in whatever order, twice or once, is what is there',
  (_, rule) => {
    let found = 0;
    fc.assert(
      fc.property(events, fc.infiniteStream(fc.nat()), fc.integer({ min: 1, max: 8 }), (all, chance, size) => {
        // Late by at most five minutes, and some of them twice.
        const arriving = all
          .map((one) => ({ one, seenAt: one.at + (chance.next().value % 6) * MINUTE }))
          .toSorted((one, other) => one.seenAt - other.seenAt)
          .flatMap(({ one }) => (chance.next().value % 4 === 0 ? [one, one] : [one]));
        const stories = new Map<string, Episode>();
        let state: GroupState = EMPTY;
        let until = 0;
        for (let n = 0; n < arriving.length; n += size) {
          const batch = arriving.slice(n, n + size);
          until = Math.max(until, ...batch.map(({ at }) => at));
          const advanced = advance(rule, state, batch, until);
          state = advanced.state;
          for (const key of advanced.merged) stories.delete(key);
          for (const episode of advanced.changed) stories.set(episode.key, episode);
        }
        const expected = naiveStories(rule, all);
        expect(eventsOf(stories.values())).toEqual(expected.map((ids) => ids.join(' ')).toSorted());
        found += expected.length;
      }),
      { numRuns: 300 },
    );
    expect(found).toBeGreaterThan(10);
  },
);
