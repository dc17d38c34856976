import { attackScenarios, DailyLife, Random } from '@castellan/okta-simulator';
import { EXPECTED } from './expected.js';
import {
  type Finding,
  found,
  foundBefore,
  happening,
  isAsBad,
  MORNING,
  type Played,
  problems,
  ruleNames,
  scenario,
  worstOf,
} from './scene.js';

const named = (kind: string): readonly string[] => attackScenarios.filter((one) => one.kind === kind).map(({ name }) => name);
const MINUTE = 60_000;

/** What somebody would be woken up by. */
const loud = (findings: readonly Finding[]): readonly string[] =>
  [...worstOf(findings)].filter(([, level]) => isAsBad(level, 'medium')).map(([rule, level]) => `${rule}: ${level}`);

test('all rules are read, and those that are expected are there', () => {
  expect(problems).toEqual([]);
  expect(Object.keys(EXPECTED)).toEqual(named('attack'));
  const names = Object.values(EXPECTED).flatMap((rules) => Object.keys(rules));
  expect(names.filter((name) => !ruleNames.has(name))).toEqual([]);
});

test.each(named('attack'))('%s is found', async (name) => {
  const worst = worstOf(await found(await scenario(name)));
  const missed = Object.entries(EXPECTED[name] ?? {}).flatMap(([rule, least]) => {
    const level = worst.get(rule);
    return level !== undefined && isAsBad(level, least) ? [] : [`${rule}: ${level ?? 'nothing'} instead of ${least}`];
  });
  expect(missed).toEqual([]);
});

test.each(named('look-alike'))('%s wakes nobody up', async (name) => {
  expect(loud(await found(await scenario(name)))).toEqual([]);
});

test('the weeks before wake nobody up', async () => {
  expect(loud(await foundBefore())).toEqual([]);
});

test('nor does a day on which people sign in and move', async () => {
  const day = await happening((org) => {
    const life = new DailyLife(org, 7);
    for (let moment = 0; moment < 300; moment += 1)
      org.under({ at: new Date(MORNING.getTime() + moment * MINUTE) }, () => life.moment());
  });
  expect(day.events.length).toBeGreaterThan(300);
  expect(loud(await found(day))).toEqual([]);
});

/** As the log may give them: what lies within five minutes comes in any order. */
function shuffled({ events, ...rest }: Played): Played {
  const random = Random.of('any order');
  const placed = events.map((event) => ({ event, place: event.at + random.below(5 * MINUTE) }));
  return { ...rest, events: placed.toSorted((left, right) => left.place - right.place).map(({ event }) => event) };
}

const told = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ rule, level, first }) => `${rule}: ${level}, from ${first}`).toSorted();

test.each(['help-desk-takeover', 'stolen-admin-cookie', 'push-bombing-accepted', 'credential-stuffing', 'log-tampering'])(
  '%s is told alike in another order and in batches of other sizes',
  async (name) => {
    const played = await scenario(name);
    const expected = told(await found(played));
    expect(expected.length).toBeGreaterThan(Object.keys(EXPECTED[name] ?? {}).length);
    const other = shuffled(played);
    expect(other.events).not.toEqual(played.events);
    for (const size of [1, 7, 1_000]) expect(told(await found(other, size))).toEqual(expected);
  },
);
