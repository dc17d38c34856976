import type { AnyStream } from '@castellan/connector-sdk';
import type { OktaClient } from '../client/okta-client.js';
import { accounts } from './accounts.js';
import { activity } from './activity.js';
import { appCredentials } from './app-credentials.js';
import { appGroupAssignments } from './app-group-assignments.js';
import { appProvisioning } from './app-provisioning.js';
import { applications, appUserAssignments } from './applications.js';
import { authenticators } from './authenticators.js';
import { accountDevices } from './each-account/account-devices.js';
import { tokenGrants } from './each-account/token-grants.js';
import { everyoneMemberships } from './everyone-memberships.js';
import { groupOwners } from './group-owners.js';
import { groupPushes } from './group-pushes.js';
import { groupRules } from './group-rules.js';
import { groups } from './groups.js';
import { identityProviders, idpLinks } from './identity-providers.js';
import { memberships } from './memberships.js';
import { guarded } from './okta-stream.js';
import { postureStreams } from './posture/posture-streams.js';
import { resourceSetMembers } from './resource-set-members.js';
import { clientRoleAssignments, groupRoleAssignments, userRoleAssignments } from './role-assignments.js';
import { roles } from './roles.js';
import { clientSecrets } from './secret-ages/client-secrets.js';

export const streams: readonly AnyStream<OktaClient>[] = [
  accounts,
  groups,
  memberships,
  everyoneMemberships,
  groupRules,
  applications,
  appUserAssignments,
  appGroupAssignments,
  roles,
  userRoleAssignments,
  groupRoleAssignments,
  clientRoleAssignments,
  identityProviders,
  idpLinks,
  authenticators,
  groupOwners,
  appCredentials,
  clientSecrets,
  appProvisioning,
  groupPushes,
  resourceSetMembers,
  accountDevices,
  tokenGrants,
  ...postureStreams,
  activity,
].map(guarded);
