import type { Endpoint } from '../endpoint.js';
import { appAccessEndpoints } from './app-access.js';
import { appEndpoints } from './apps.js';
import { groupEndpoints } from './groups.js';
import { iamEndpoints } from './iam.js';
import { idpEndpoints } from './idps.js';
import { logEndpoints } from './logs.js';
import { recordedListEndpoints } from './recorded-lists.js';
import { roleEndpoints } from './roles.js';
import { userAccessEndpoints } from './user-access.js';
import { userEndpoints } from './users.js';

/** The table of everything that is served, with the scope that each needs. */
export const endpoints: readonly Endpoint[] = [
  ...userEndpoints,
  ...userAccessEndpoints,
  ...groupEndpoints,
  ...appEndpoints,
  ...appAccessEndpoints,
  ...roleEndpoints,
  ...iamEndpoints,
  ...idpEndpoints,
  ...logEndpoints,
  ...recordedListEndpoints,
];
