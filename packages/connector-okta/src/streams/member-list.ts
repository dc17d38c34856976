import { apiError } from '../client/api-errors.js';
import { BUCKETS } from '../client/buckets.js';
import { listOf, type OktaClient } from '../client/okta-client.js';
import { mapMembership } from '../map/group.js';
import { PAGE_SIZE } from '../plan/formula.js';
import type { PartPage } from './fan-out.js';
import { mapItems } from './listing.js';
import { partPage, segment } from './parts.js';

const LIMIT = String(PAGE_SIZE.members);
const SKINNY = 'skinny_users';
/** How Okta says that it does not know a path, or not with these parameters. */
const NOT_OFFERED: readonly number[] = [400, 404, 405, 501];

/** Which bucket the members' list is counted in, as far as known now. */
export function memberBucket(client: OktaClient): string {
  return takesSkinny(client) ? BUCKETS.skinnyUsers : BUCKETS.groups;
}

/** One page of a group's members, by the lighter list where the settings want that and Okta has it. */
export async function memberPage(client: OktaClient, group: string, next: string | undefined): Promise<PartPage<'membership'>> {
  const map = (item: unknown): ReturnType<typeof mapMembership> => mapMembership(item, group, client.drift);
  const path = `/api/v1/groups/${segment(group)}`;
  if (next === undefined && takesSkinny(client)) {
    const url = `${path}/${SKINNY}`;
    const response = await client.ask({ url, query: { limit: LIMIT } });
    if (response.status < 400) {
      const list = listOf(response, url);
      return { ...mapItems(list.items, map, url), next: list.next };
    }
    if (!NOT_OFFERED.includes(response.status)) throw apiError(response, url);
  }
  const usual = await partPage(client, { url: `${path}/users`, query: { limit: LIMIT } }, next, map);
  // A group that is gone looks the same as a list that is not there; only where the usual list answers, it is the list.
  if (next === undefined && usual !== 'gone' && takesSkinny(client)) closeSkinny(client);
  return usual;
}

function takesSkinny(client: OktaClient): boolean {
  const wanted = new Map<string, unknown>(Object.entries(client.config)).get('skinnyUsers') === true;
  return wanted && !client.closedRoutes.has(SKINNY);
}

function closeSkinny(client: OktaClient): void {
  client.closedRoutes.add(SKINNY);
  client.logger.warn('the lighter member list is not offered here, the usual one is read');
  client.board.choose('memberships', 'Members: the usual list, since this organisation does not offer the lighter one.', {
    skinnyUsers: false,
  });
}
