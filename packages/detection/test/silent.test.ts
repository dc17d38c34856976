import { Detector } from '../src/detector.js';
import { Enricher } from '../src/enrichment/enricher.js';
import { HistoriesInMemory } from '../src/enrichment/memory.js';
import { LearnedFromLog } from '../src/enrichment/learned-from-log.js';
import { networksOf } from '../src/enrichment/networks.js';
import { GroupsInMemory } from '../src/correlation/groups-in-memory.js';
import { readEvent } from '../src/log-event.js';
import { readRules } from '../src/rule-book.js';
import { line, MINUTE, START } from './rules/log-line.js';

const detection = (name: string): string => `
title: ${name}
name: ${name}
logsource: { product: acme }
detection: { selection: { eventType: ${name} }, condition: selection }
`;
const correlation = (name: string, type: string, rules: string, more = ''): string => `
title: ${name}
name: ${name}
correlation: { type: ${type}, rules: [${rules}], group-by: [actor.id], timespan: 1h${more} }
`;

test('a correlation that is there to make another is not told by itself', async () => {
  const text = [
    detection('a'),
    detection('b'),
    correlation('twice', 'event_count', 'a', ', condition: { gte: 2 }'),
    correlation('both', 'temporal', 'twice, b'),
  ].join('---');
  const enricher = new Enricher({
    known: new LearnedFromLog(),
    memory: new HistoriesInMemory(),
    ownNetworks: networksOf([]),
    threats: networksOf([]),
  });
  const detector = new Detector(readRules([{ name: 'own.yml', text }]), enricher, new GroupsInMemory());
  const events = ['a', 'a', 'b'].flatMap((type, n) => readEvent(line(type, {}, n * MINUTE)) ?? []);
  const { matches, changed } = await detector.detect(events, START + 3 * MINUTE);
  expect(matches).toEqual([]);
  expect(changed.map(({ rule }) => rule.name)).toEqual(['both']);
});
