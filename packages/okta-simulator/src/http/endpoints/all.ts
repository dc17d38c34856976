import type { Endpoint } from '../endpoint.js';
import { appEndpoints } from './apps.js';
import { groupEndpoints } from './groups.js';
import { iamEndpoints } from './iam.js';
import { idpEndpoints } from './idps.js';
import { logEndpoints } from './logs.js';
import { recordedListEndpoints } from './recorded-lists.js';
import { roleEndpoints } from './roles.js';
import { userEndpoints } from './users.js';

/** The table of everything that is served, with the scope that each needs. */
export const endpoints: readonly Endpoint[] = [
  ...userEndpoints,
  ...groupEndpoints,
  ...appEndpoints,
  ...roleEndpoints,
  ...iamEndpoints,
  ...idpEndpoints,
  ...logEndpoints,
  ...recordedListEndpoints,
];
