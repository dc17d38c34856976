import { type Line, line, MINUTE, target, user } from './log-line.js';
import { testStories } from './stories.js';

const rejection = (n: number): Line =>
  line(
    'user.authentication.auth_via_mfa',
    {
      outcome: { result: 'FAILURE', reason: 'INVALID_CREDENTIALS' },
      target: [target('AuthenticatorEnrollment', 'Okta Verify')],
      debugContext: { debugData: { factor: 'OKTA_VERIFY_PUSH', pushOnlyResponseType: 'OV_RESPONSE_DENY' } },
    },
    n * MINUTE,
  );
const approval = line('user.authentication.auth_via_mfa', {
  debugContext: { debugData: { factor: 'OKTA_VERIFY_PUSH', pushOnlyResponseType: 'OV_RESPONSE_APPROVE' } },
});

testStories('okta/mfa-attacks.yml', {
  okta_push_rejected: {
    hits: {
      'one push is rejected': { events: [rejection(0)], level: 'low' },
      'one is rejected in Classic Engine': { events: [line('user.mfa.okta_verify.deny_push')] },
    },
    misses: { 'a push is approved': { events: [approval] } },
  },
  okta_push_bombing: {
    hits: {
      'five within eight minutes': { events: [0, 2, 4, 6, 8].map(rejection), level: 'high' },
      'five of an administrator': {
        events: [0, 2, 4, 6, 8].map(rejection),
        accounts: { [user('ann').id]: { roles: ['SUPER_ADMIN'] } },
        level: 'critical',
      },
    },
    misses: {
      'four within eight minutes': { events: [0, 2, 4, 8].map(rejection) },
      'five within the hour': { events: [0, 12, 24, 36, 48].map(rejection) },
    },
  },
});
