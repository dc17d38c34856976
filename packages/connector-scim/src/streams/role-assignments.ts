import type { Json, Page, ReadArgs, SourceRecord } from '@castellan/connector-sdk';
import type { ScimClient } from '../client/scim-client.js';
import { mapRoleAssignment, rolesInHint } from '../map/role.js';
import { fieldsOf, text } from '../paging/place.js';
import { refreshRoleAssignments } from '../refresh/role-assignments.js';
import { READ_USERS } from './rights.js';
import { scimStream } from './scim-stream.js';

// A type and not an interface: only those may be taken for Json.
/** All accounts up to and with this one are through. */
type AccountCursor = { readonly after: string };

const FULL_PAGE = 1_000;

/** Who holds which role: what the accounts' hints say, without a call. */
export const roleAssignments = scimStream({
  name: 'role-assignments',
  kind: 'role_assignment',
  dependsOn: ['accounts'],
  requires: [READ_USERS],
  semantics: 'snapshot',
  parseCursor: (value: Json): AccountCursor => ({ after: text(fieldsOf(value), 'after') }),
  read: readRoleAssignments,
  refresh: refreshRoleAssignments,
});

async function* readRoleAssignments({
  from,
  synced,
}: ReadArgs<ScimClient, AccountCursor>): AsyncGenerator<Page<'role_assignment', AccountCursor>, void, void> {
  let records: SourceRecord<'role_assignment'>[] = [];
  for await (const { key, hint } of synced.entries('account', from?.after)) {
    records.push(...rolesInHint(hint).map((role) => mapRoleAssignment(key, role)));
    if (records.length < FULL_PAGE) continue;
    yield { records, next: { after: key } };
    records = [];
  }
  yield { records, next: null };
}
