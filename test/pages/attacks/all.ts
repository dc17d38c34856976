import { applications } from './applications.js';
import type { Attack } from './attack.js';
import { insiders } from './insiders.js';
import { passwords } from './passwords.js';
import { pushes } from './pushes.js';
import { stolenSessions } from './stolen-sessions.js';
import { takeovers } from './takeovers.js';

export const ATTACKS: readonly Attack[] = [
  ...takeovers,
  ...stolenSessions,
  ...pushes,
  ...passwords,
  ...applications,
  ...insiders,
];

/** One of each kind of answer, of most kinds of attack: what every run of the tests goes through. */
const ALWAYS: ReadonlySet<string> = new Set([
  'help-desk-takeover',
  'stolen-admin-cookie',
  'aitm-replay',
  'push-bombing-accepted',
  'spray-many-sources',
  'credential-stuffing',
  'rogue-password-push',
  'log-tampering',
]);

/** All of them take longer than everybody waits at every change: CONTRIBUTING.md says how they are run. */
export const PLAYED: readonly Attack[] =
  process.env['CASTELLAN_TEST_ALL_ATTACKS'] === '1' ? ATTACKS : ATTACKS.filter(({ name }) => ALWAYS.has(name));
