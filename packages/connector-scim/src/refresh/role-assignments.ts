import type { RefreshPage } from '@castellan/connector-sdk';
import { mapRoleAssignment, rolesInHint } from '../map/role.js';
import { readParts, type ScimRefreshArgs } from './read-parts.js';

/** From the account as it is known now: whatever calls an assignment stale has read the account before. */
export function refreshRoleAssignments(args: ScimRefreshArgs): AsyncIterable<RefreshPage<'role_assignment'>> {
  return readParts(args, 'principal', async (principal, scope) => {
    const account = await args.synced.get('account', principal);
    const records = rolesInHint(account?.hint).map((role) => mapRoleAssignment(principal, role));
    return { records, complete: [scope] };
  });
}
