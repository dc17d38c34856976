import { GroupsInMemory } from '../src/correlation/groups-in-memory.js';
import { Detector } from '../src/detector.js';
import { Enricher } from '../src/enrichment/enricher.js';
import type { History } from '../src/enrichment/history.js';
import { networksOf } from '../src/enrichment/networks.js';
import { type LogEvent, readEvent } from '../src/log-event.js';
import { readRules } from '../src/rule-book.js';

const RULES = `
title: One
name: one
logsource: { product: acme }
detection: { selection: { eventType: a }, condition: selection }
---
title: Two of them
name: two
correlation: { type: event_count, rules: [one], timespan: 10m, condition: { gte: 2 } }
---
title: Four of them
name: four
correlation: { type: event_count, rules: [two], timespan: 10m, condition: { gte: 3 } }
`;

function event(id: string, more: Readonly<Record<string, unknown>> = {}): LogEvent {
  const read = readEvent({ uuid: id, published: `2026-11-02T09:00:0${id}.000Z`, eventType: 'a', ...more });
  if (read === undefined) throw new Error('It is an event.');
  return read;
}

const noNetworks = networksOf([]);
const enricher = new Enricher({
  known: { account: () => undefined, group: () => undefined },
  memory: new Map<string, History>(),
  ownNetworks: noNetworks,
  threats: noNetworks,
});

test('what a correlation of its own file is about is not told, be it a detection or a correlation', async () => {
  const detector = new Detector(readRules([{ name: 'a.yml', text: RULES }]), enricher, new GroupsInMemory());
  const events = ['1', '2', '3', '4'].map((id) => event(id));
  const { matches, changed, gone } = await detector.detect(events, Date.parse('2026-11-02T09:00:04.000Z'));
  expect(matches).toEqual([]);
  expect(gone).toEqual([]);
  expect(changed.map(({ rule }) => rule.name)).toEqual(['four']);
});

test('the application of an event is known where there is one, whatever stands before it, and not where there are two', () => {
  const app = (id: string) => ({ id, type: 'AppInstance' });
  const enriched = (...target: readonly object[]) => enricher.enrich(event('1', { target }))['x'];
  expect(enriched({ id: 'u', type: 'AppUser' }, app('one'))).toMatchObject({ app: { id: 'one' } });
  expect(enriched(app('one'), app('one'))).toMatchObject({ app: { id: 'one' } });
  expect(enriched(app('one'), app('two'))).toMatchObject({ app: undefined });
});
