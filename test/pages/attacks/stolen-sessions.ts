import { END_SESSIONS, EXPIRE_PASSWORD, revokeToken, SUSPEND } from './answers.js';
import { actorOf, refreshTokensOf, targetOf } from './at-the-provider.js';
import type { Attack } from './attack.js';

const reuse = 'app.oauth2.token.detect_reuse';

export const stolenSessions: readonly Attack[] = [
  { name: 'stolen-admin-cookie', about: actorOf('system.api_token.create'), ...revokeToken('backup') },
  { name: 'aitm-replay', about: actorOf('user.mfa.factor.activate'), ...END_SESSIONS },
  { name: 'session-roaming', about: actorOf('user.session.context.change'), ...END_SESSIONS },
  {
    name: 'refresh-token-reuse',
    about: actorOf(reuse),
    subject: /person · was acted on/,
    action: 'Revoke tokens and consents',
    seen: refreshTokensOf(targetOf(reuse)),
    after: 0,
  },
  // Whoever was far away knows it, and a code of it.
  { name: 'impossible-travel', about: actorOf('user.session.start'), ...EXPIRE_PASSWORD },
  { name: 'application-sweep', about: actorOf('user.session.start'), ...SUSPEND },
];
