import { PageTrail } from '@castellan/connector-sdk';
import { type OktaClient, wrappedListOf } from '../client/okta-client.js';
import { mapResourceSet, mapResourceSetMember, type ResourceSet } from '../map/resource-set-member.js';
import { endless } from './endless.js';
import type { PartPage } from './fan-out.js';
import { mapItems } from './listing.js';
import { segment } from './parts.js';

const RESOURCE_SETS = '/api/v1/iam/resource-sets';

/** All resource sets by their key, of which an organisation has few. */
export async function listSets(
  client: OktaClient,
): Promise<{ readonly sets: ReadonlyMap<string, ResourceSet>; readonly calls: number }> {
  const sets = new Map<string, ResourceSet>();
  const trail = new PageTrail();
  let url: string | undefined = RESOURCE_SETS;
  let calls = 0;
  while (url !== undefined) {
    calls += 1;
    const list = wrappedListOf(await client.get({ url }), url, 'resource-sets');
    for (const item of list.items) {
      const set = mapResourceSet(item, client.drift);
      if (set !== null) sets.set(set.key, set);
    }
    const problem = list.next === undefined ? undefined : trail.follow(list.next);
    if (problem !== undefined) throw endless('resource sets', problem);
    url = list.next;
  }
  return { sets, calls };
}

/** One set; `undefined` when it is gone. */
export async function findSet(client: OktaClient, key: string): Promise<ResourceSet | undefined> {
  const response = await client.find({ url: `${RESOURCE_SETS}/${segment(key)}` });
  const set = response === undefined ? undefined : mapResourceSet(response.body, client.drift);
  return set?.key === key ? set : undefined;
}

/** One page of what is in a set; the link to the next stands in the body. */
export async function membersOf(
  client: OktaClient,
  set: ResourceSet,
  next: string | undefined,
): Promise<PartPage<'resource_set_member'>> {
  const first = `${RESOURCE_SETS}/${segment(set.key)}/resources`;
  const url = next ?? first;
  const response = await client.find({ url });
  if (response === undefined) return 'gone';
  const list = wrappedListOf(response, url, 'resources');
  return { ...mapItems(list.items, (item) => mapResourceSetMember(item, set, client.drift), first), next: list.next };
}
