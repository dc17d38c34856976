import { HOUR, type Line, MINUTE, over } from './log-line.js';
import { ADMIN, failure, people, PROXY, success } from './sign-ins.js';
import { episodesOf, testStories } from './stories.js';

const HOSTING: Line = { securityContext: { asNumber: 64900, asOrg: 'Example Hosting' } };
const networkOf = (number: number): Line => ({ securityContext: { asNumber: 64900 + number } });
const address = (n: number): string => `203.0.113.${10 + n}`;
/** So many names, one after the other and round again, each once an hour. */
const sprayed = (count: number, addresses = 1, more: Line = HOSTING, step = HOUR): readonly Line[] =>
  people(count, (name, n) =>
    failure(name, address(n % addresses), n * step, over({ client: { ipAddress: address(n % addresses) } }, more)),
  );
/** Each of four machines, in a network of its own, tries all of so many people within eight hours. */
const takingTurns = (machines: number, names: number): readonly Line[] =>
  Array.from({ length: machines }, (_, machine) =>
    people(names, (name, n) => failure(name, address(machine), (n * 8 * HOUR) / names + machine * MINUTE, networkOf(machine))),
  ).flat();
/** On Monday: each is wrong once, at their own address, and in a minute later. */
const mistyped = (count: number, at: (n: number) => string): readonly Line[] =>
  Array.from({ length: count }, (_, n) => [
    failure(`m${n}`, at(n), n * 2 * MINUTE),
    success(`m${n}`, at(n), n * 2 * MINUTE + 40_000),
  ]).flat();

testStories('okta/slow-spray.yml', {
  okta_slow_spray: {
    hits: {
      'eight names within eight hours': { events: sprayed(8), level: 'medium' },
      'an administrator among them': { events: sprayed(8), accounts: ADMIN('u7'), level: 'high' },
      'by a proxy': { events: sprayed(8, 1, PROXY), level: 'high' },
      'one of ten is let in': { events: [...sprayed(10), success('u3', address(0), 10 * HOUR, HOSTING)] },
      'from a network of the company': { events: sprayed(8), own: [`${address(0)}/32`], level: 'low' },
    },
    misses: {
      'seven names': { events: sprayed(7) },
      'seven names, twice each': { events: [...sprayed(7), ...sprayed(7)] },
      'eight names within a week': { events: sprayed(8, 1, HOSTING, 20 * HOUR) },
      'one name, eight times': { events: Array.from({ length: 8 }, (_, n) => failure('ann', address(0), n * HOUR)) },
      'forty mistype in the office on Monday': { events: mistyped(40, () => '192.0.2.10') },
      'forty mistype at home on Monday': { events: mistyped(40, address) },
    },
  },
  okta_slow_spray_together: {
    hits: {
      'four machines take turns': { events: takingTurns(4, 20), level: 'high' },
      'three machines take turns': { events: takingTurns(3, 8), level: 'high' },
    },
    misses: {
      'two machines': { events: takingTurns(2, 20) },
      'three machines, one a day': {
        events: [0, 1, 2].flatMap((machine) =>
          people(8, (name, n) => failure(name, address(machine), machine * 24 * HOUR + n * MINUTE, networkOf(machine))),
        ),
      },
      'forty mistype at home on Monday': { events: mistyped(40, address) },
    },
  },
  okta_slow_spray_from_network: {
    hits: {
      'fifteen names by fifteen addresses within eight hours': { events: sprayed(15, 15, HOSTING, HOUR / 2), level: 'medium' },
      'by proxies': { events: sprayed(15, 15, over(HOSTING, PROXY), HOUR / 2), level: 'high' },
      'the addresses are the company’s own': {
        events: sprayed(15, 15, HOSTING, HOUR / 2),
        own: ['203.0.113.0/24'],
        level: 'low',
      },
    },
    misses: {
      'fourteen names': { events: sprayed(14, 14, HOSTING, HOUR / 2) },
      'fifteen names, each in a network of its own': {
        events: people(15, (name, n) => failure(name, address(n), n * MINUTE, networkOf(n))),
      },
      'forty mistype at home on Monday': { events: mistyped(40, address) },
      'fifteen names within a week': { events: sprayed(15, 15, HOSTING, 10 * HOUR) },
    },
  },
});

test.each(['okta_slow_spray', 'okta_slow_spray_from_network'])(
  'of a spray that goes on for thirty hours %s tells once',
  async (name) => {
    expect(await episodesOf(name, { events: sprayed(60, 1, HOSTING, HOUR / 2) })).toHaveProperty('size', 1);
  },
);
