import type { Endpoint } from '../endpoint.js';
import { appAccessWriteEndpoints } from './app-access-writes.js';
import { appAccessEndpoints } from './app-access.js';
import { appWriteEndpoints } from './app-writes.js';
import { appEndpoints } from './apps.js';
import { bindingWriteEndpoints } from './binding-writes.js';
import { groupWriteEndpoints } from './group-writes.js';
import { groupEndpoints } from './groups.js';
import { iamEndpoints } from './iam.js';
import { idpWriteEndpoints } from './idp-writes.js';
import { idpEndpoints } from './idps.js';
import { logEndpoints } from './logs.js';
import { recordedListEndpoints } from './recorded-lists.js';
import { roleTargetWriteEndpoints } from './role-target-writes.js';
import { roleWriteEndpoints } from './role-writes.js';
import { roleEndpoints } from './roles.js';
import { settingWriteEndpoints } from './setting-writes.js';
import { userAccessWriteEndpoints } from './user-access-writes.js';
import { userAccessEndpoints } from './user-access.js';
import { userWriteEndpoints } from './user-writes.js';
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
  ...userWriteEndpoints,
  ...userAccessWriteEndpoints,
  ...groupWriteEndpoints,
  ...appWriteEndpoints,
  ...appAccessWriteEndpoints,
  ...roleWriteEndpoints,
  ...roleTargetWriteEndpoints,
  ...bindingWriteEndpoints,
  ...idpWriteEndpoints,
  ...settingWriteEndpoints,
];
