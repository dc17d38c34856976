import { edgeParts, type Json, type RefreshPage, type Scope, type SyncedReader } from '@castellan/connector-sdk';
import type { RoleRow } from '../map/role.js';
import { segment } from '../streams/parts.js';
import { roleRecords } from '../streams/role-rows.js';
import { applicationOf } from './application-of.js';
import { byField, nothing, type OktaRefreshArgs, type Part, readParts, type Step, staleNow, unreadable } from './read-parts.js';

type Row = 'role_assignment';
type Kind = 'account' | 'group' | 'client';

const STREAMS: Readonly<Record<Kind, string>> = {
  account: 'user-role-assignments',
  group: 'group-role-assignments',
  client: 'client-role-assignments',
};

/**
 * All roles of each principal that is named. A role or a target only says who holds it: each holder then waits as a part of
 * its own, see `holdersPart`. No second proof for an empty list: an event has named the principal or the role, and most
 * hold one role that is then taken back.
 * @param kind of the principals of this stream.
 */
export async function* refreshRoleAssignments(args: OktaRefreshArgs, kind: Kind): AsyncGenerator<RefreshPage<Row>, void, void> {
  const { principal, role, target, key, others } = byField(args.scopes, 'principal', 'role', 'target', 'key');
  const principals = new Map<string, Scope[]>();
  const open = (name: string, ...answers: readonly Scope[]): void =>
    void principals.set(name, [...(principals.get(name) ?? []), ...answers]);
  for (const name of principal) {
    const found = kind === 'client' ? await applicationOf(args.synced, name) : name;
    open(found, ...(found === name ? [] : [{ field: 'principal', value: name }]));
  }
  for (const value of key) open(edgeParts(value)[1] ?? '', { field: 'key', value });
  const holders = [...asScopes('role', role), ...asScopes('target', target)];
  const parts = [...principals].map(([name, answers]) => principalPart(args, kind, name, answers));
  const isRead = (holder: string): boolean => principals.has(holder);
  yield* readParts([...parts, ...holders.map((scope) => holdersPart(args, kind, scope, isRead)), ...unreadable<Row>(others)]);
}

/**
 * Who holds a role. They are not read in its place: the role's part would be through with them, and a holder that could not
 * be read just then would be nobody's any more.
 * @param isRead whether a holder is read by this refresh in any case.
 */
function holdersPart(args: OktaRefreshArgs, kind: Kind, scope: Scope, isRead: (holder: string) => boolean): Part<Row> {
  const { client, synced } = args;
  const read = async (): Promise<Step<Row>> => {
    const holders = new Set<string>();
    for await (const { key } of synced.where('role_assignment', scope.field, scope.value)) {
      const holder = edgeParts(key)[1] ?? '';
      if (!isRead(holder) && (await isOf(synced, kind, holder))) holders.add(holder);
    }
    return {
      settled: [scope],
      stale: [...holders].map((holder) => staleNow(client, STREAMS[kind], 'principal', holder)),
    };
  };
  return { scopes: [scope], read };
}

function asScopes(field: string, values: readonly string[]): readonly Scope[] {
  return values.map((value) => ({ field, value }));
}

/** Rows of all three streams are of one kind. Of a holder that is gone nobody knows whose it was: it costs no call in any. */
async function isOf(synced: SyncedReader, kind: Kind, holder: string): Promise<boolean> {
  const others = (['account', 'group', 'application'] as const).filter(
    (one) => one !== (kind === 'client' ? 'application' : kind),
  );
  for (const other of others) if ((await synced.get(other, holder)) !== undefined) return false;
  return true;
}

function principalPart(args: OktaRefreshArgs, kind: Kind, name: string, answers: readonly Scope[]): Part<Row> {
  const scope = { field: 'principal', value: name };
  const read = async (): Promise<Step<Row>> => {
    const url = await urlOf(args.synced, kind, name);
    if (url === undefined) return { ...nothing([scope]), settled: answers };
    // See the stream: what comes through a group is the group's.
    const keep = ({ assignmentType }: RoleRow): boolean => kind !== 'account' || assignmentType !== 'GROUP';
    const page = await roleRecords(args.client, url, { kind, key: name }, keep);
    if (page === 'gone') return { ...nothing([scope]), settled: answers };
    return { records: page.records, rejected: page.rejected, complete: [scope], settled: answers };
  };
  return { scopes: [scope, ...answers], read };
}

/** `undefined` for what is gone, and for an application that cannot hold roles. */
async function urlOf(synced: SyncedReader, kind: Kind, name: string): Promise<string | undefined> {
  if (kind === 'client') {
    const hint = (await synced.get('application', name))?.hint;
    if (hint?.['service'] !== true) return undefined;
    const clientId: Json | undefined = hint['clientId'];
    return `/oauth2/v1/clients/${segment(typeof clientId === 'string' ? clientId : name)}/roles`;
  }
  if ((await synced.get(kind, name)) === undefined) return undefined;
  return `/api/v1/${kind === 'account' ? 'users' : 'groups'}/${segment(name)}/roles`;
}
