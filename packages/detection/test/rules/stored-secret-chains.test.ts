import { DAY, HOUR, type Line, line, target, user } from './log-line.js';
import { PROXY } from './sign-ins.js';
import { testStories } from './stories.js';

const made = (app: string, more: Line = {}): Line =>
  line('application.lifecycle.create', { target: [target('AppInstance', app)], ...more });
const enabled = (app: string, after: number): Line =>
  line(
    'application.lifecycle.update',
    { target: [target('AppInstance', app)], outcome: { result: 'SUCCESS', reason: 'Pushing user passwords' } },
    after,
  );
const pushed = (app: string, after: number): Line =>
  line('application.provision.user.push', { target: [target('AppInstance', app), target('User', 'bob', user('bob'))] }, after);

testStories('okta/stored-secret-chains.yml', {
  okta_new_app_gets_passwords: {
    hits: {
      'an hour after it was made': { events: [made('Evil'), enabled('Evil', HOUR)], level: 'high' },
      'and it was made through a proxy': { events: [made('Evil', PROXY), enabled('Evil', HOUR)], level: 'critical' },
    },
    misses: {
      'another application gets them': { events: [made('Evil'), enabled('Directory', HOUR)] },
      'two days after it was made': { events: [made('Evil'), enabled('Evil', 2 * DAY)] },
    },
  },
  okta_new_app_got_passwords: {
    hits: {
      'made, set up, and somebody is pushed': {
        events: [made('Evil'), enabled('Evil', HOUR), pushed('Evil', 2 * HOUR)],
        level: 'critical',
      },
    },
    misses: {
      'nobody is pushed': { events: [made('Evil'), enabled('Evil', HOUR)] },
      'somebody was pushed before passwords were': {
        events: [made('Evil'), pushed('Evil', HOUR), enabled('Evil', 2 * HOUR)],
      },
    },
  },
});
