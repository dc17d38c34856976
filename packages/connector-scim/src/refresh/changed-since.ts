import { ConnectorError, type Instant, type Json } from '@castellan/connector-sdk';
import type { ListResponse } from '../client/list-response.js';
import type { ScimClient } from '../client/scim-client.js';
import { parseInstant } from '../map/instant.js';
import { lastModifiedOf } from '../map/resource.js';
import type { ListPage, ListSpec } from '../paging/list-reader.js';
import { fieldsOf } from '../paging/place.js';

// A type and not an interface: only those may be taken for Json.
/** Where a delta begins. */
export type ChangedSince = {
  readonly from: Instant;
  /** How many resources are known; `null` where the service does not count them. */
  readonly known: number | null;
  /** The service turned out not to filter by time: nothing is asked until the next full listing. */
  readonly off?: boolean;
};

/** Changes are looked for a little before the last listing began: what was written just then may not have shown yet. */
const OVERLAP_MS = 5 * 60_000;
const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;

/** @throws TypeError when it is not understood. */
export function parseChangedSince(value: Json): ChangedSince {
  const fields = fieldsOf(value);
  const from = fields.get('from');
  const instant = typeof from === 'string' ? parseInstant(from) : null;
  if (instant === null) throw new TypeError('a delta begins at a time');
  const known = fields.get('known');
  return { from: instant, known: typeof known === 'number' ? known : null, ...(fields.get('off') === true && { off: true }) };
}

/** @param began the service's time when the first page was read. */
export function sinceOf(began: Instant, known: number | null): ChangedSince {
  return { from: new Date(Date.parse(began) - OVERLAP_MS).toISOString(), known };
}

/** In whole seconds, downwards: not every service reads fractions. */
export function filterSince(from: Instant): string {
  return `meta.lastModified gt "${from.slice(0, 'yyyy-mm-ddThh:mm:ss'.length)}Z"`;
}

/** Whether a resource may be in an answer to `filterSince(from)`. */
export function isChangedSince(item: unknown, from: Instant): boolean {
  const at = lastModifiedOf(item);
  return at !== null && Date.parse(at) >= Date.parse(from) - SECOND_MS;
}

/**
 * Where the delta after a complete listing begins; `undefined` where there can be none. Services that do not filter by time refuse
 * the filter, ignore it, or find nothing whatever is asked: so it is tried on what the listing has just shown.
 */
export async function deltaAfter(client: ScimClient, list: ListSpec, page: ListPage): Promise<ChangedSince | undefined> {
  const { filter } = await client.service();
  const since = sinceOf(page.began, page.isCounted ? page.rows : null);
  // With nothing to try it on, the delta itself will tell.
  if (filter !== false && page.rows === 0) return since;
  const problem = filter === false ? 'it says that it does not filter' : await whyNoDelta(client, list, page.newest);
  if (problem === undefined) return since;
  client.logger.info('changes are not asked for in between: the service does not filter by time', { list: list.what, problem });
  return undefined;
}

/** @param newest the latest change of what is listed. @returns why changes cannot be asked for. */
export async function whyNoDelta(client: ScimClient, list: ListSpec, newest: Instant | null): Promise<string | undefined> {
  if (newest === null) return 'it does not say when something was changed';
  const justBefore = new Date(Date.parse(newest) - SECOND_MS).toISOString();
  const later = new Date(Math.max(Date.parse(newest), client.now().getTime()) + DAY_MS).toISOString();
  try {
    const shown = await firstSince(client, list, justBefore);
    if (shown.items.length === 0) return 'it does not find what was changed last';
    if (!shown.items.every((item) => isChangedSince(item, justBefore))) return 'it ignores the filter';
    const none = await firstSince(client, list, later);
    return none.items.length === 0 ? undefined : 'it ignores the filter';
  } catch (error) {
    const known = ConnectorError.from(error);
    if (known.kind === 'upstream' || known.kind === 'permission') return 'it refuses the filter';
    // A passing fault says nothing about the filter, and the listing is complete: the delta itself will tell.
    if (known.kind === 'transient') return undefined;
    throw known;
  }
}

function firstSince(client: ScimClient, list: ListSpec, from: Instant): Promise<ListResponse> {
  return client.list(list.path, list.what, { filter: filterSince(from), count: '1' });
}
