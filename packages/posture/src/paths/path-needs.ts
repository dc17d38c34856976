import type { Need } from '../check/need.js';

/** Without these nothing can be said of ways to tier zero. */
export const PATHS_NEED: readonly Need[] = ['account', 'membership', 'role', 'role.powers', 'role_assignment'];

/** Each of these has ways of its own. */
export const PATHS_SEE_MORE_WITH: readonly Need[] = [
  'group',
  'group_owner',
  'application',
  'app_provisioning',
  'app_assignment',
  'resource_set_member',
  'identity_provider',
  'idp_link',
  'said:links_administrators',
];
