import { DAY, type Line, line } from './log-line.js';
import { PROXY, SUPER_ADMIN } from './sign-ins.js';
import { testStories } from './stories.js';

const used = (token: string, network: number, days: number, more: Line = {}): Line =>
  line(
    'user.lifecycle.create',
    {
      transaction: { type: 'WEB', detail: { requestApiTokenId: token } },
      ...more,
      securityContext: { asNumber: network, isProxy: more === PROXY },
    },
    days * DAY,
  );

testStories('okta/tokens-in-use.yml', {
  okta_api_token_from_new_network: {
    hits: {
      'after a week from another network': { events: [used('00T1', 1, 0), used('00T1', 2, 8)], level: 'medium' },
      'through a proxy': { events: [used('00T1', 1, 0), used('00T1', 2, 8, PROXY)], level: 'high' },
      'from a network of our own': { events: [used('00T1', 1, 0), used('00T1', 2, 8)], own: ['192.0.2.10'], level: 'low' },
      'the token of a super administrator': {
        events: [used('00T1', 1, 0), used('00T1', 2, 8)],
        accounts: SUPER_ADMIN('ann'),
        level: 'high',
      },
    },
    misses: {
      'from the same network': { events: [used('00T1', 1, 0), used('00T1', 1, 8)] },
      'another token from another network': { events: [used('00T1', 1, 0), used('00T2', 2, 8)] },
      'in the first week': { events: [used('00T1', 1, 0), used('00T1', 2, 6)] },
      'a person in a browser': {
        events: [
          line('user.lifecycle.create', {}, 0),
          line('user.lifecycle.create', { securityContext: { asNumber: 2 } }, 8 * DAY),
        ],
      },
    },
  },
});
