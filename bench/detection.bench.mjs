/**
 * Rules over an activity log: how many events a second one thread shows to them, and what it remembers. All in one process and one
 * run, so that the figures can be held against each other.
 * `npm run bench -- detection [events] [keys]`
 */
import {
  Detector,
  Enricher,
  GroupsInMemory,
  HistoriesInMemory,
  LearnedFromLog,
  networksOf,
  ourRules,
  readEvent,
  readRules,
  RuleSet,
} from '@castellan/detection';
import { startSimulator } from '@castellan/okta-simulator';
import { note } from './stack.mjs';

const [count = 50_000, keys = 100_000] = process.argv.slice(2).map(Number);
const TIMES = 8;
const BATCH = 1_000;

async function lines() {
  const simulator = await startSimulator({
    users: 10_000,
    groups: 200,
    apps: 200,
    assignmentsPerApp: 50,
    events: count,
    seed: 3,
  });
  const { log } = simulator.org;
  const texts = Array.from({ length: log.length }, (_, n) => JSON.stringify(log.eventAt(n)));
  await simulator.close();
  return texts;
}

/** The best of several: what disturbs makes it slower only. */
async function rate(events, work) {
  let best = 0;
  for (let time = 0; time < TIMES; time += 1) {
    const began = performance.now();
    await work();
    best = Math.max(best, (events * 1_000) / (performance.now() - began));
  }
  return Math.round(best);
}

const enricher = () =>
  new Enricher({
    known: new LearnedFromLog(),
    memory: new HistoriesInMemory(),
    ownNetworks: networksOf([]),
    threats: networksOf([]),
  });

async function detectAll(book, events) {
  const detector = new Detector(book, enricher(), new GroupsInMemory());
  for (let from = 0; from < events.length; from += BATCH) {
    const batch = events.slice(from, from + BATCH);
    await detector.detect(batch, batch.at(-1).at);
  }
}

const matchAll = (rules, raws) => {
  const set = new RuleSet(rules);
  for (const raw of raws) set.match(raw, () => undefined);
};

const texts = await lines();
const raws = texts.map((text) => JSON.parse(text));
const events = raws.map(readEvent);
const book = readRules(await ourRules());
const { detections } = book;
const many = Array.from({ length: 500 }, (_, n) => detections[n % detections.length]);
const inner = detections.length;

note(
  `${events.length} events of ${Math.round(texts.reduce((sum, { length }) => sum + length, 0) / texts.length)} bytes, our rules: ${inner} detections, ${book.linked.correlations.length} correlations`,
);
const results = {
  'JSON.parse alone': await rate(events.length, () => texts.forEach((text) => JSON.parse(text))),
  '24 detections': await rate(events.length, () => matchAll(detections.slice(0, 24), raws)),
  '120 detections': await rate(events.length, () => matchAll(detections.slice(0, 120), raws)),
  [`all ${inner} detections`]: await rate(events.length, () => matchAll(detections, raws)),
  '500 detections': await rate(events.length, () => matchAll(many, raws)),
  'from text, all detections': await rate(events.length, () =>
    matchAll(
      detections,
      texts.map((text) => JSON.parse(text)),
    ),
  ),
  'all rules with what is known and correlations': await rate(events.length, () => detectAll(book, events)),
};
for (const [what, perSecond] of Object.entries(results)) note(`${what}: ${perSecond.toLocaleString('en')} events/s`);

/** A correlation with a group for each key: three events of each within the window. */
const COUNTING = readRules([
  {
    name: 'bench.yml',
    text: `title: a
id: a
logsource: {}
detection: { s: { eventType: a }, condition: s }
---
title: b
correlation: { type: event_count, rules: [a], group-by: [actor.id], timespan: 1h, condition: { gte: 5 } }
`,
  },
]);
const spread = Array.from({ length: keys * 3 }, (_, n) =>
  readEvent({
    uuid: `e${n}`,
    published: new Date(1_700_000_000_000 + n).toISOString(),
    eventType: 'a',
    actor: { id: `account-${(n * 7_919) % keys}`, type: 'Program' },
    outcome: { result: 'SUCCESS' },
    target: [],
  }),
);
const store = new GroupsInMemory();
globalThis.gc?.();
const before = process.memoryUsage().heapUsed;
const detector = new Detector(COUNTING, enricher(), store);
const began = performance.now();
for (let from = 0; from < spread.length; from += BATCH) {
  const batch = spread.slice(from, from + BATCH);
  await detector.detect(batch, batch.at(-1).at);
}
const perSecond = Math.round((spread.length * 1_000) / (performance.now() - began));
globalThis.gc?.();
const kept = Math.round((process.memoryUsage().heapUsed - before) / 1e6);
note(`a correlation with ${keys.toLocaleString('en')} keys: ${perSecond.toLocaleString('en')} events/s, ${kept} MB kept`);
process.stdout.write(`${JSON.stringify({ ...results, keyed: perSecond, keptMb: kept })}\n`);
