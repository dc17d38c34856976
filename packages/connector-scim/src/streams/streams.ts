import type { AnyStream } from '@castellan/connector-sdk';
import type { ScimClient } from '../client/scim-client.js';
import { accounts } from './accounts.js';
import { groups } from './groups.js';
import { memberships } from './memberships.js';
import { roleAssignments } from './role-assignments.js';
import { roles } from './roles.js';

export const streams: readonly AnyStream<ScimClient>[] = [accounts, groups, memberships, roles, roleAssignments];
