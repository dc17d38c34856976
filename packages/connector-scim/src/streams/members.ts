import { type SyncedReader, UpstreamError } from '@castellan/connector-sdk';
import type { ScimClient } from '../client/scim-client.js';
import { RefusedError } from '../client/scim-error.js';
import { mapMembers, type Members } from '../map/group.js';
import { segment } from '../map/ids.js';
import { memberOf } from '../map/member.js';
import { idOf } from '../paging/seen.js';

const NONE: Members = { records: [], rejected: [] };
/** It does not understand that the members alone are asked for, or does not show them then. */
const MEMBERS_ONLY_FAILS = 'members only fails';
/** It has shown members when it was asked for them alone: when it shows none now, there are none. */
const MEMBERS_ONLY_WORKS = 'members only works';

/** The members of one group; `'gone'` when there is no such group (any more). */
export async function readMembers(client: ScimClient, group: string, synced: SyncedReader): Promise<Members | 'gone'> {
  const service = await client.service();
  if (service.groups === null) return 'gone';
  const resource = await readGroupWithMembers(client, service.groups, group);
  if (resource === undefined) return 'gone';
  const isGroup = async (id: string): Promise<boolean> => (await synced.get('group', id)) !== undefined;
  return (await mapMembers(resource, group, service, isGroup, client.oddities)) ?? NONE;
}

/**
 * A group with its members, which are all in its one resource; `undefined` when it is not there. Asked for the members alone, since
 * some services show them only so; where that shows none, it is asked for as a whole, since others show them only then.
 */
export async function readGroupWithMembers(client: ScimClient, endpoint: string, group: string): Promise<unknown> {
  const path = `${endpoint}/${segment(group)}`;
  if (!client.learnt.has(MEMBERS_ONLY_FAILS)) {
    const resource = await membersOnly(client, path);
    if (resource === undefined) return undefined;
    const isEnough = hasMembers(resource) || client.learnt.has(MEMBERS_ONLY_WORKS);
    if (isEnough && idOf(resource) === group) return resource;
  }
  const whole = await client.find(path, 'Groups');
  if (whole === undefined) return undefined;
  // Half an answer must not look like an empty group.
  if (idOf(whole) !== group)
    throw new UpstreamError({ message: `${client.host} answered with something that is not this group.` });
  if (hasMembers(whole)) client.learnt.add(MEMBERS_ONLY_FAILS);
  return whole;
}

async function membersOnly(client: ScimClient, path: string): Promise<unknown> {
  try {
    const resource = await client.find(path, 'Groups', { attributes: 'members' });
    if (hasMembers(resource)) client.learnt.add(MEMBERS_ONLY_WORKS);
    return resource;
  } catch (error) {
    if (!(error instanceof RefusedError) || !error.isMisunderstanding) throw error;
    client.learnt.add(MEMBERS_ONLY_FAILS);
    return null;
  }
}

function hasMembers(resource: unknown): boolean {
  const members = memberOf(resource, 'members');
  return Array.isArray(members) ? members.length > 0 : members !== undefined && members !== null;
}
