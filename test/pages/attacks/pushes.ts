import { BLOCK_SOURCE, END_SESSIONS, EXPIRE_PASSWORD, RESET_PASSWORD, SUSPEND } from './answers.js';
import { actorOf, targetOf } from './at-the-provider.js';
import type { Attack } from './attack.js';

/** Whose phone it is. */
const about = targetOf('system.push.send_factor_verify_push');

export const pushes: readonly Attack[] = [
  // Nobody got in, but the password is known.
  { name: 'push-bombing-refused', about, ...EXPIRE_PASSWORD },
  { name: 'push-bombing-accepted', about, ...SUSPEND },
  { name: 'push-bombing-unanswered', about, ...END_SESSIONS },
  { name: 'push-bombing-timed-out', about, ...RESET_PASSWORD },
  { name: 'push-bombing-patient', about, ...SUSPEND },
  { name: 'number-challenge-guessed', about: actorOf('system.push.send_factor_verify_push'), ...BLOCK_SOURCE },
];
