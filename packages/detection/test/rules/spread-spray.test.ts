import { type Line, MINUTE, over, user } from './log-line.js';
import { failure, known, people, PROXY } from './sign-ins.js';
import { testStories } from './stories.js';

/** All of them have worked here before. */
const habits = (count: number): readonly Line[] => people(count, (name) => known(name));
/** Each from the connection of some household. */
const tried = (count: number, addresses: number, more: Line = {}, step = (14 * MINUTE) / count): readonly Line[] =>
  people(count, (name, n) =>
    failure(
      name,
      `203.0.113.${n % addresses}`,
      n * step,
      over(
        {
          client: { ipAddress: `203.0.113.${n % addresses}`, userAgent: { rawUserAgent: `Mozilla/5.0 Chrome/${n}` } },
          debugContext: { debugData: { dtHash: `dt-household-${n}` } },
        },
        more,
      ),
    ),
  );
const atHome = people(15, (name, n) => failure(name, `203.0.113.${n}`, n * 30_000));

testStories('okta/spread-spray.yml', {
  okta_spread_spray: {
    hits: {
      'fifteen people at fifteen addresses': { events: [...habits(15), ...tried(15, 15)], level: 'medium' },
      'fifteen people at ten addresses': { events: [...habits(15), ...tried(15, 10)] },
      'through proxies': { events: [...habits(15), ...tried(15, 15, PROXY)], level: 'high' },
      'an administrator among them': {
        events: [...habits(15), ...tried(15, 15)],
        accounts: { [user('u14').id]: { roles: ['APP_ADMIN'] } },
        level: 'high',
      },
      'as Okta says it, of people whom nobody else knows': {
        events: tried(15, 15, { debugContext: { debugData: { behaviors: '{New IP=POSITIVE, New Device=POSITIVE}' } } }),
      },
    },
    misses: {
      'fourteen people': { events: [...habits(14), ...tried(14, 14)] },
      'nine addresses': { events: [...habits(15), ...tried(15, 9)] },
      'over more than a quarter of an hour': { events: [...habits(15), ...tried(15, 15, {}, 2 * MINUTE)] },
      'fifteen people on the move, each with their own device': { events: [...habits(15), ...atHome] },
      'in a network of the company': { events: [...habits(15), ...tried(15, 15)], own: ['203.0.113.0/24'] },
      'of people of whom nothing is known': { events: tried(15, 15) },
      'they are let in': {
        events: [...habits(15), ...tried(15, 15, { outcome: { result: 'SUCCESS', reason: null } })],
      },
    },
  },
});
