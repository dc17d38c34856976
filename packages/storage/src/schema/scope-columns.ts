import type { RecordKind } from '@castellan/connector-sdk';
import { recordTable } from './record-tables.js';

/** The field that an edge's key begins with (DESIGN 2.2; see `edgeKey`): rows that share it lie together in the primary key. */
const KEY_BEGINS_WITH: Readonly<Partial<Record<RecordKind, string>>> = {
  membership: 'group',
  app_assignment: 'application',
  idp_link: 'identityProvider',
  authenticator: 'account',
  group_owner: 'group',
  app_credential: 'application',
  client_secret: 'application',
  group_push: 'application',
  resource_set_member: 'resourceSet',
  account_device: 'account',
  token_grant: 'account',
};

/**
 * The column that a scope speaks of.
 * @throws Error for a field that the kind does not have: names of columns come from the vocabulary only, never from input.
 */
export function scopeColumn(kind: RecordKind, field: string): string {
  if (field === 'key') return 'key';
  const column = recordTable(kind).columns.find(({ property, type }) => property === field && type === 'text');
  if (column === undefined) throw new Error(`A scope is named by ${field}, which the kind ${kind} does not have.`);
  return column.column;
}

/** Where the rows of a scope lie in the primary key, from the first to before the last; `undefined` where the key tells nothing. */
export function keyRange(
  kind: RecordKind,
  field: string,
  value: string,
): { readonly from: string; readonly to: string } | undefined {
  if (KEY_BEGINS_WITH[kind] !== field) return undefined;
  const encoded = value.replaceAll('%', '%25').replaceAll('|', '%7C');
  return { from: `${encoded}|`, to: `${encoded}}` };
}
