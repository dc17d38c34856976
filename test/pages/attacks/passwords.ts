import { BLOCK, BLOCK_SOURCE } from './answers.js';
import { actorOf } from './at-the-provider.js';
import type { Attack } from './attack.js';

export const passwords: readonly Attack[] = [
  { name: 'spray-one-source', about: 'address', ...BLOCK },
  { name: 'spray-many-sources', about: 'organisation', ...BLOCK_SOURCE },
  { name: 'spray-slow-few-sources', about: 'address', ...BLOCK },
  { name: 'credential-stuffing', about: 'address', ...BLOCK },
  { name: 'brute-force-many-sources', about: actorOf('user.account.lock'), ...BLOCK_SOURCE },
  { name: 'one-device-many-accounts', about: 'organisation', ...BLOCK_SOURCE },
  { name: 'ldap-reconnaissance', about: 'address', ...BLOCK },
];
