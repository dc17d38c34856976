import { GroupsInMemory } from '../../src/correlation/groups-in-memory.js';
import type { EventLookup } from '../../src/correlation/event-lookup.js';
import { Detector } from '../../src/detector.js';
import { Enricher } from '../../src/enrichment/enricher.js';
import { LearnedFromLog } from '../../src/enrichment/learned-from-log.js';
import { HistoriesInMemory } from '../../src/enrichment/memory.js';
import { networksOf } from '../../src/enrichment/networks.js';
import { type LogEvent, readEvent } from '../../src/log-event.js';
import { readRules } from '../../src/rule-book.js';
import { HOUR, type Line, line, MINUTE } from '../rules/log-line.js';

const detection = (name: string): string => `
title: ${name}
name: ${name}
logsource: { product: acme }
detection: { selection: { eventType: ${name} }, condition: selection }
`;
const correlation = (name: string, type: string, rules: string, more = ''): string => `
title: ${name}
name: ${name}
correlation: { type: ${type}, rules: [${rules}], group-by: [actor.id], timespan: 2h${more} }
`;

const BOOK = readRules([
  {
    name: 'own.yml',
    text: [
      detection('tried'),
      detection('removed'),
      detection('enrolled'),
      detection('used'),
      correlation('thrice', 'event_count', 'tried', ', condition: { gte: 3 }'),
      correlation('thrice_then_used', 'temporal_ordered', 'thrice, used'),
      correlation('left_without', 'castellan.absence', 'removed, enrolled'),
      correlation('used_without', 'temporal', 'left_without, used').replace('2h', '6h'),
      correlation('used_soon', 'temporal', 'left_without, used').replace('2h', '1h'),
      detection('given'),
      correlation('given_once', 'event_count', 'given', ', condition: { eq: 1 }').replace('actor.id', 'target.id'),
      correlation('given_once_and_used', 'temporal', 'given_once, used'),
    ].join('---'),
  },
]);

const at = (type: string, after: number, more: Line = {}): LogEvent => {
  const event = readEvent(line(type, more, after));
  if (event === undefined) throw new Error('It is an event.');
  return event;
};

/** Batches that come one after the other, each when the log has reached its last event at least. */
async function found(
  batches: readonly (readonly LogEvent[])[],
  earlier?: EventLookup,
  book = BOOK,
): Promise<readonly string[]> {
  const enricher = new Enricher({
    known: new LearnedFromLog(),
    memory: new HistoriesInMemory(),
    ownNetworks: networksOf([]),
    threats: networksOf([]),
  });
  const detector = new Detector(book, enricher, new GroupsInMemory(), earlier);
  const episodes = new Map<string, string>();
  let until = 0;
  for (const batch of batches) {
    until = Math.max(until, ...batch.map((event) => event.at));
    const { changed, gone } = await detector.detect(batch, until);
    for (const { rule, key } of gone) episodes.delete(`${rule.title} ${key}`);
    for (const { rule, key, replaces, events } of changed) {
      for (const old of replaces) episodes.delete(`${rule.title} ${old}`);
      episodes.set(`${rule.title} ${key}`, `${rule.title}: ${events.length}`);
    }
  }
  return [...episodes.values()].toSorted();
}

test('an event that comes late makes an earlier one the end of a window: a correlation above is told of that one', async () => {
  const [first, second, third] = [at('tried', 0), at('tried', MINUTE), at('tried', 2 * MINUTE)];
  const used = at('used', 5 * MINUTE);
  // With the one that is late the third is the third one, minutes after it came.
  expect(await found([[first], [third], [used], [second]])).toEqual(await found([[first, second, third, used]]));
  expect(await found([[first], [third], [used], [second]])).toContain('thrice_then_used: 2');
});

test('what is missed is told above although what it is missed after came hours before', async () => {
  const removed = at('removed', 0);
  const used = at('used', HOUR);
  const much = Array.from({ length: 30 }, (_, n) => [at('other', 2 * HOUR + n * 5 * MINUTE)]);
  expect(await found([[removed], [used], ...much])).toContain('used_without: 2');
  // The log goes on for hours at once.
  expect(await found([[removed], [used], ...much.slice(-1)])).toContain('used_without: 2');
  const inTime = at('enrolled', 90 * MINUTE);
  expect(await found([[removed], [used], [inTime], ...much])).not.toContain('used_without: 2');
});

test('what is missed is told above although much has come to that group since', async () => {
  const removed = at('removed', 0);
  const used = at('used', 30 * MINUTE);
  // Each of these would let the group forget the first, if what is missed were told in time.
  const since = Array.from({ length: 12 }, (_, n) => [at('used', HOUR + (n + 1) * 10 * MINUTE)]);
  const batches = [[removed], [used], ...since, [at('other', 5 * HOUR)]];
  expect(await found(batches)).toEqual(await found([batches.flat()]));
  expect(await found(batches)).toContain('used_soon: 2');
});

test('what is taken back of one group is told above still where it holds in another', async () => {
  const target = (...ids: readonly string[]): Line => ({ target: ids.map((id) => ({ id, type: 'User' })) });
  const both = at('given', 5 * MINUTE, target('a', 'b'));
  const used = at('used', 6 * MINUTE);
  const late = at('given', 0, { ...target('a'), actor: { id: 'other', type: 'User' } });
  expect(await found([[both], [used], [late]])).toContain('given_once_and_used: 2');
  const lateOther = at('given', 0, { ...target('b'), actor: { id: 'other', type: 'User' } });
  expect(await found([[both], [used], [late], [lateOther]])).not.toContain('given_once_and_used: 2');
});

test('what is no more in memory is asked for elsewhere, by when it happened', async () => {
  const events = [at('tried', 0), at('tried', 12 * HOUR), at('tried', 12 * HOUR + MINUTE)];
  const late = at('tried', 12 * HOUR - MINUTE);
  const used = at('used', 12 * HOUR + 3 * MINUTE);
  const asked: string[] = [];
  const earlier: EventLookup = {
    find: (kept) => {
      asked.push(...kept.map(({ id }) => id));
      const known = events.filter((event) => kept.some(({ id }) => id === event.id));
      return Promise.resolve(new Map(known.map(({ id, raw }) => [id, raw])));
    },
  };
  // Later than anything in memory: the log has gone on for hours before the late one comes.
  const [first = late, second = late, third = late] = events;
  const batches = [[first], [second, third, used], [at('other', 15 * HOUR)], [at('other', 15 * HOUR)], [late]];
  await found(batches, earlier);
  expect(asked).toEqual([third.id]);
});

test('values that look like two make no group of others', async () => {
  const book = readRules([
    {
      name: 'own.yml',
      text: [
        detection('tried'),
        correlation('twice', 'event_count', 'tried', ', condition: { gte: 2 }').replace('actor.id', 'p, q'),
      ].join('---'),
    },
  ]);
  const events = [
    at('tried', 0, { p: 'a', q: 'b\u001fc' }),
    at('tried', MINUTE, { p: 'a\u001fb', q: 'c' }),
    at('tried', 2 * MINUTE, { p: 'd\u001fe', q: 'f' }),
    at('tried', 3 * MINUTE, { p: 'd\u001fe', q: 'f' }),
  ];
  expect(await found([events], undefined, book)).toEqual(['twice: 2']);
});
