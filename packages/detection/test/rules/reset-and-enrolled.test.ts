import { DAY, HOUR, type Line, line, over, user } from './log-line.js';
import { testStories } from './stories.js';
import { ADDRESS, all, DEVICE } from './strangers.js';
import { BY_PROXY } from './suspicious.js';

const [bob, desk] = [user('bob'), user('desk')];
const reset = (more: Line = {}, after = 0): Line =>
  line('user.mfa.factor.reset_all', over({ actor: desk, target: [bob] }, more), after);
const enrolled = (more: Line = {}, after = HOUR): Line =>
  line('user.mfa.factor.activate', over({ actor: bob, target: [bob] }, more), after);
/** Ten days ago, at the office. */
const habits = [bob, desk].map((who) => line('user.session.start', { actor: who }, -10 * DAY));
const ELSEWHERE = all(ADDRESS, DEVICE);

testStories('okta/reset-and-enrolled.yml', {
  okta_reset_and_enrolled: {
    hits: {
      'nothing else is known': { events: [reset(), enrolled()], level: 'medium' },
      'the factor comes from a network that is new to its owner': {
        events: [...habits, reset(), enrolled(ELSEWHERE)],
        level: 'medium',
      },
      'the help desk works from a network that is new to it': {
        events: [...habits, reset(ADDRESS), enrolled()],
        level: 'high',
      },
      'the help desk works with a device and from an address that are new to it': {
        events: [...habits, reset(over(DEVICE, { client: { ipAddress: '192.0.2.77' } })), enrolled()],
        level: 'high',
      },
      'the factor comes through a proxy': { events: [...habits, reset(), enrolled(BY_PROXY)], level: 'high' },
      'of an administrator': {
        events: [...habits, reset(), enrolled()],
        accounts: { [bob.id]: { roles: ['APP_ADMIN'] } },
        level: 'high',
      },
      'the factor comes from where its owner always works': { events: [...habits, reset(), enrolled()], level: 'low' },
      'the factor comes from a network of the company': {
        events: [reset(), enrolled()],
        own: ['192.0.2.0/24'],
        level: 'low',
      },
      'somebody has begun this week': {
        events: [reset(), enrolled()],
        accounts: { [bob.id]: { createdAt: Date.parse('2026-11-01T09:00:00Z') } },
        level: 'low',
      },
    },
    misses: {
      'their own': { events: [reset({ actor: bob }), enrolled()] },
      'none is enrolled': { events: [reset()] },
      'it is enrolled before': { events: [enrolled({}, -HOUR), reset()] },
      'it is enrolled two days later': { events: [reset(), enrolled({}, 2 * DAY)] },
      'by somebody else': { events: [reset(), enrolled({ actor: user('cyd'), target: [user('cyd')] })] },
      'it was refused': { events: [reset({ outcome: { result: 'FAILURE' } }), enrolled()] },
    },
  },
});
