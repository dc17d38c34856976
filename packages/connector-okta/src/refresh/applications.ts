import type { RefreshPage, SourceRecord, Stale, SyncedEntry } from '@castellan/connector-sdk';
import type { OktaClient } from '../client/okta-client.js';
import { mapApplication } from '../map/application.js';
import { segment } from '../streams/parts.js';
import { endsOf } from './cover.js';
import { staleTargets } from './groups.js';
import { byField, type OktaRefreshArgs, type Part, readParts, type Step, staleNow, unreadable } from './read-parts.js';

/** @param keep whether an application is synced at all. */
export function refreshApplications(
  args: OktaRefreshArgs,
  keep: (record: SourceRecord<'application'>) => boolean = () => true,
): AsyncIterable<RefreshPage<'application'>> {
  const { key: keys, others } = byField(args.scopes, 'key');
  const parts = keys.map(
    (key): Part<'application'> => ({ scopes: [{ field: 'key', value: key }], read: () => readApplication(args, key, keep) }),
  );
  return readParts([...parts, ...unreadable<'application'>(others)]);
}

async function readApplication(
  args: OktaRefreshArgs,
  key: string,
  keep: (record: SourceRecord<'application'>) => boolean,
): Promise<Step<'application'>> {
  const { client, synced } = args;
  const complete = [{ field: 'key', value: key }];
  const before = await synced.get('application', key);
  const response = await client.find({ url: `/api/v1/apps/${segment(key)}` });
  const record = response === undefined ? undefined : mapApplication(response.body, client.drift);
  if (record === null || (record !== undefined && record.key !== key)) {
    const reason = 'Okta answered with something that is not this application';
    return { unread: complete.map((scope) => ({ scope, reason })) };
  }
  // The listing does not show deleted ones either.
  const isThere = record !== undefined && record.data.status !== 'deleted' && keep(record);
  if (!isThere) return { complete, stale: before === undefined ? [] : await staleWithout(args, key) };
  const stale =
    before === undefined ? [...staleAssignments(args, key), ...staleAccess(args, key)] : staleByHint(args, before, record);
  return { records: [record], complete, stale };
}

/** Its rows cost no call to take away; the statistics of its groups, and roles that were narrowed to it, do. */
async function staleWithout(args: OktaRefreshArgs, key: string): Promise<readonly Stale[]> {
  const { client, synced } = args;
  const stale = [...staleAssignments(args, key), ...staleAccess(args, key), ...staleTargets(client, key)];
  for (const group of await groupsOf(args, key))
    if ((await synced.get('group', group)) !== undefined) stale.push(staleNow(client, 'groups', 'key', group));
  return stale;
}

/** Ids of those that had the application (accounts are among them), and of those that were written into it. */
async function groupsOf({ synced }: OktaRefreshArgs, application: string): Promise<ReadonlySet<string>> {
  const groups = new Set<string>();
  for await (const { key } of synced.where('app_assignment', 'application', application)) groups.add(endsOf(key)?.[1] ?? '');
  for await (const { hint } of synced.where('group_push', 'application', application))
    if (typeof hint?.['group'] === 'string') groups.add(hint['group']);
  return groups;
}

/** What it proves itself by, and what is written into it. */
function staleAccess({ client }: OktaRefreshArgs, key: string): readonly Stale[] {
  return Object.keys(askedBy(client)).map((stream) => staleNow(client, stream, 'application', key));
}

/** What of the hint says that an application is asked at all, by stream. */
function askedBy({ config }: OktaClient): Readonly<Record<string, readonly string[]>> {
  return {
    'app-credentials': ['credentials', 'signing'],
    ...(config.secretAges && { 'client-secrets': ['credentials'] }),
    'app-provisioning': ['provisioned', 'imports'],
    'group-pushes': ['pushes'],
  };
}

/** An application that is asked for something now, or no more. */
function staleByHint({ client }: OktaRefreshArgs, before: SyncedEntry, after: SourceRecord<'application'>): readonly Stale[] {
  const isMoved = (name: string): boolean => before.hint?.[name] !== after.hint?.[name];
  return Object.entries(askedBy(client))
    .filter(([, names]) => names.some(isMoved))
    .map(([stream]) => staleNow(client, stream, 'application', after.key));
}

function staleAssignments({ client }: OktaRefreshArgs, key: string): readonly Stale[] {
  return [
    staleNow(client, 'app-user-assignments', 'application', key),
    staleNow(client, 'app-group-assignments', 'application', key),
    staleNow(client, 'client-role-assignments', 'principal', key),
  ];
}
