import type { RecordKind } from '@castellan/connector-sdk';
import { listOf, type OktaClient, type OktaRequest } from '../client/okta-client.js';
import { PAGE_SIZE } from '../plan/formula.js';
import type { PartPage } from './fan-out.js';
import { continuing, type Mapper, mapItems } from './listing.js';

/**
 * One page of a plain list below a parent that may be gone by now.
 * @param isOne leaves out what is no row at all. Default: all are.
 */
export async function partPage<K extends RecordKind>(
  client: OktaClient,
  first: OktaRequest,
  next: string | undefined,
  map: Mapper<K>,
  isOne: (item: unknown) => boolean = () => true,
): Promise<PartPage<K>> {
  const request = next === undefined ? first : continuing(first, next);
  const response = await client.find(request);
  if (response === undefined) return 'gone';
  const list = listOf(response, request.url);
  return { ...mapItems(list.items.filter(isOne), map, first.url), next: list.next };
}

/** The first page of the groups that are written into an application. */
export function pushesAt(application: string): OktaRequest {
  return { url: `/api/v1/apps/${segment(application)}/group-push/mappings`, query: { limit: String(PAGE_SIZE.groupPushes) } };
}

/** An id as one segment of a path. Ids are letters and digits; a strange one must not lead elsewhere. */
export function segment(id: string): string {
  return encodeURIComponent(id);
}
