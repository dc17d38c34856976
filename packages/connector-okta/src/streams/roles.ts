import { inOrder, type Json, type Page, type ReadArgs, type SourceRecord } from '@castellan/connector-sdk';
import { BUCKETS } from '../client/buckets.js';
import { type OktaClient, type OktaList, wrappedListOf } from '../client/okta-client.js';
import { ObjectReader } from '../map/object-reader.js';
import { mapCustomRole, standardRoles } from '../map/role.js';
import { fieldsOf, linkAt, restartsIn } from './cursors.js';
import { mapItems } from './listing.js';
import { oktaStream } from './okta-stream.js';
import { Paging } from './paging.js';
import { segment } from './parts.js';
import { refreshRoles } from '../refresh/roles.js';

const URL_OF_ROLES = '/api/v1/iam/roles';
/** Roles whose permissions are fetched at once. */
const AHEAD = 4;

/** `null`: the standard roles are through, the custom roles begin. */
type RolesCursor = { readonly next: string | null; readonly restarts: number };

/** Okta's own roles from our list, since it has no list of them; then the custom roles with their permissions. */
export const roles = oktaStream({
  name: 'roles',
  kind: 'role',
  requires: ['okta.roles.read'],
  semantics: 'snapshot',
  parseCursor: (value: Json): RolesCursor => ({
    next: fieldsOf(value).get('next') === null ? null : linkAt(value, 'next'),
    restarts: restartsIn(value),
  }),
  read: readRoles,
  refresh: refreshRoles,
});

async function* readRoles({
  client,
  from,
}: ReadArgs<OktaClient, RolesCursor>): AsyncGenerator<Page<'role', RolesCursor>, void, void> {
  if (from === undefined) yield { records: standardRoles(), next: { next: null, restarts: 0 } };
  const paging = await Paging.from(client, from, URL_OF_ROLES);
  for (let calls = 1; ; ) {
    let list: OktaList;
    try {
      const url = paging.position ?? URL_OF_ROLES;
      list = wrappedListOf(await client.get({ url }), url, 'roles');
    } catch (error) {
      paging.restartAfter(error);
      continue;
    }
    calls += list.items.length + (list.next === undefined ? 0 : 1);
    client.board.expect('roles', { [BUCKETS.iam]: calls });
    const permissions = await permissionsOf(client, list.items);
    const isGone = (item: unknown): boolean => permissions.get(item) === 'gone';
    const map = (item: unknown): SourceRecord<'role'> | null => {
      const found = permissions.get(item);
      return mapCustomRole(item, found === undefined || found === 'gone' ? [] : found, client.drift);
    };
    const page = mapItems(
      list.items.filter((item) => !isGone(item)),
      map,
      URL_OF_ROLES,
    );
    if (list.next !== undefined) paging.moveTo(list.next);
    yield { ...page, next: list.next === undefined ? null : { next: list.next, restarts: paging.restarts } };
    if (list.next === undefined) return;
  }
}

/** The permissions of each role of one page; `'gone'` for a role that was deleted meanwhile. */
async function permissionsOf(
  client: OktaClient,
  items: readonly unknown[],
): Promise<ReadonlyMap<unknown, readonly unknown[] | 'gone'>> {
  const found = new Map<unknown, readonly unknown[] | 'gone'>();
  const results = inOrder(items, AHEAD, async (item): Promise<readonly [unknown, readonly unknown[] | 'gone']> => {
    const id = ObjectReader.of(item, 'custom role', client.drift)?.id('id') ?? null;
    if (id === null) return [item, []];
    const url = `${URL_OF_ROLES}/${segment(id)}/permissions`;
    const response = await client.find({ url });
    return [item, response === undefined ? 'gone' : wrappedListOf(response, url, 'permissions').items];
  });
  for await (const [item, permissions] of results) found.set(item, permissions);
  return found;
}
