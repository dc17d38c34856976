import { attackScenarios, type Simulator, startSimulator } from '../src/index.js';

const NOW = new Date('2026-03-02T08:00:00.000Z');
const HOUR = 3_600_000;
const SIZE = { users: 60, groups: 6, apps: 5, events: 40 };
const start = (...plays: readonly string[]): Promise<Simulator> => startSimulator({ ...SIZE, plays, now: () => NOW });

const times = ({ org }: Simulator): readonly number[] =>
  Array.from({ length: org.log.length }, (_, index) => Date.parse(String(org.log.eventAt(index)['published'])));

test.each(attackScenarios.map(({ name }) => name))('%s is over, and stands behind the rest of the log', async (name) => {
  const simulator = await start(name);
  const [played] = simulator.played;
  const all = times(simulator);
  const from = played?.from.getTime() ?? 0;
  expect(all.filter((at) => at >= from)).toHaveLength(played?.events ?? 0);
  expect(all.filter((at) => at < from)).not.toEqual([]);
  expect(all.toSorted((a, b) => a - b)).toEqual(all);
  const end = all.at(-1) ?? 0;
  expect([played?.name, played?.to.getTime()]).toEqual([name, end]);
  // Just now, and not in the future: a poll of the log would not be told of it.
  expect(end).toBeLessThan(NOW.getTime());
  expect(end).toBeGreaterThan(NOW.getTime() - (name === 'business-travel' ? 12 : 6) * HOUR);
  await simulator.close();
});

test('several stand one behind the other', async () => {
  const simulator = await start('help-desk-takeover', 'push-bombing-accepted', 'help-desk-takeover');
  const [first, second, third] = simulator.played;
  expect(simulator.played.map(({ name, title }) => [name, title])).toEqual([
    ['help-desk-takeover', 'A help desk lets a stranger in as super administrator'],
    ['push-bombing-accepted', 'Pushes rain on a phone until one is approved'],
    ['help-desk-takeover', 'A help desk lets a stranger in as super administrator'],
  ]);
  expect(second?.from.getTime()).toBeGreaterThan(first?.to.getTime() ?? Number.NaN);
  expect(third?.from.getTime()).toBeGreaterThan(second?.to.getTime() ?? Number.NaN);
  expect(third?.to.getTime()).toBeLessThan(NOW.getTime());
  await simulator.close();
});

test('not among recorded objects, not at a given time, and not what there is not', async () => {
  const plays = ['help-desk-takeover'];
  await expect(startSimulator({ ...SIZE, plays, objects: '/tmp' })).rejects.toThrow('generated organisation only');
  await expect(startSimulator({ ...SIZE, plays, epoch: NOW })).rejects.toThrow('a time of their own');
  await expect(start('no-such-thing')).rejects.toThrow('there is no scenario "no-such-thing"');
});
