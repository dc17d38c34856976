import { type Line, line, MINUTE, target, user } from './log-line.js';
import { ADMIN, of, PROXY } from './sign-ins.js';
import { testStories } from './stories.js';

const changed = (whose: string, more: Line = {}): Line =>
  line('user.account.update_primary_email', { target: [target('User', whose, user(whose))], ...more });
const wrongToken = (n: number): Line =>
  of('ann', 'user.account.use_token', '203.0.113.7', n * 30_000, { outcome: { result: 'FAILURE', reason: 'INVALID_TOKEN' } });

testStories('okta/recovery.yml', {
  okta_recovery_email_changed: {
    hits: {
      'ann has another address': { events: [changed('ann')], level: 'low' },
      'through a proxy': { events: [changed('ann', PROXY)], level: 'medium' },
      'an administrator whose address somebody else changes': {
        events: [changed('bob')],
        accounts: ADMIN('bob'),
        level: 'high',
      },
      'the second address': {
        events: [line('user.account.update_secondary_email', { target: [target('User', 'ann', user('ann'))] })],
      },
    },
    misses: {
      'the directory says so': {
        events: [changed('ann', { actor: { id: 'okta', type: 'SystemPrincipal', alternateId: 'system@okta.com' } })],
      },
      'it fails': { events: [changed('ann', { outcome: { result: 'FAILURE' } })] },
    },
  },
  okta_recovery_token_guessed: {
    hits: {
      'fifteen within ten minutes': { events: Array.from({ length: 15 }, (_, n) => wrongToken(n)), level: 'low' },
      'from an address in a list': {
        events: Array.from({ length: 15 }, (_, n) => wrongToken(n)),
        threats: ['203.0.113.7'],
        level: 'medium',
      },
    },
    misses: {
      fourteen: { events: Array.from({ length: 14 }, (_, n) => wrongToken(n)) },
      'fifteen within half an hour': { events: Array.from({ length: 15 }, (_, n) => wrongToken(n * 4)) },
      'fifteen people behind one address, a link each that is good': {
        events: Array.from({ length: 15 }, (_, n) => of(`u${n}`, 'user.account.use_token', '203.0.113.7', n * MINUTE)),
      },
    },
  },
});
