import { Detector } from '../src/detector.js';
import { Enricher } from '../src/enrichment/enricher.js';
import { HistoriesInMemory } from '../src/enrichment/memory.js';
import { LearnedFromLog } from '../src/enrichment/learned-from-log.js';
import { networksOf } from '../src/enrichment/networks.js';
import { GroupsInMemory } from '../src/correlation/groups-in-memory.js';
import { readEvent } from '../src/log-event.js';
import { readRules } from '../src/rule-book.js';
import { RuleSet } from '../src/sigma/rule-set.js';
import { line, MINUTE, START, user } from './rules/log-line.js';

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

test.each([
  ['not one and not another', true],
  ['not (one or another)', true],
  ['not 1 of them', true],
  ['one or another', true],
  // Nobody is both.
  ['one and another', false],
])('a filter `%s` leaves out what it names, whichever way it says so', (condition, isLeftOut) => {
  const filter = `
title: Known
logsource: { product: acme }
filter: { rules: any, one: { actor.alternateId: ann@acme.test }, another: { actor.alternateId: bot@acme.test }, condition: ${condition} }
`;
  const { detections, problems } = readRules([{ name: 'own.yml', text: [detection('a'), filter].join('---') }]);
  expect(problems).toEqual([]);
  const found: string[] = [];
  const rules = new RuleSet(detections);
  for (const name of ['ann', 'bot', 'eve']) rules.match(line('a', { actor: user(name) }), () => found.push(name));
  expect(found).toEqual(isLeftOut ? ['eve'] : ['ann', 'bot', 'eve']);
});

test('what identifies is no longer than an index takes, and what differs stays different', () => {
  const long = 'x'.repeat(6_000);
  const read = (id: string) => readEvent(line('a', { actor: { ...user('ann'), id }, client: { ipAddress: id } }));
  const [one, other] = [read(`${long}1`), read(`${long}2`)];
  expect(one?.actor?.id.length).toBeLessThan(200);
  expect(one?.address?.length).toBeLessThan(200);
  expect(one?.actor?.id).toBe(read(`${long}1`)?.actor?.id);
  expect(one?.actor?.id).not.toBe(other?.actor?.id);
});
