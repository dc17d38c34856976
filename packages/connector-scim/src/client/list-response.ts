import { UpstreamError } from '@castellan/connector-sdk';
import { countIn, isObject, memberOf } from '../map/member.js';

/** One page of a list (RFC 7644, section 3.4.2; RFC 9865). */
export interface ListResponse {
  readonly items: readonly unknown[];
  /** How many there are in all; `null` where the service does not say, or says something that cannot be. */
  readonly total: number | null;
  /** Where the next page begins, as the service writes it: nothing on the last page. Read by position, a list does without. */
  readonly nextCursor: unknown;
  /** The service's clock. */
  readonly date: Date | undefined;
}

/** @param what was listed, for people. @throws UpstreamError when it is no list: half an answer must not look like an empty one. */
export function listIn(body: unknown, what: string, date: Date | undefined): ListResponse {
  // The bare list, without anything around it, is what some services call SCIM.
  if (Array.isArray(body)) return { items: body, total: null, nextCursor: undefined, date };
  const resources = memberOf(body, 'Resources');
  const total = countIn(body, 'totalResults');
  // The list itself may be left out when there is nothing in it.
  const isEmpty = (resources === undefined || resources === null) && total === 0;
  if (!isObject(body) || !(Array.isArray(resources) || isEmpty)) {
    throw new UpstreamError({
      message: `The answer for ${what} is not a list as SCIM 2.0 describes it. Check the base URL in the settings.`,
      detail: `found ${Array.isArray(body) ? 'a list' : typeof body}, "Resources": ${typeof resources}, "totalResults": ${typeof memberOf(body, 'totalResults')}`,
    });
  }
  const items: readonly unknown[] = Array.isArray(resources) ? resources : [];
  const believable = total !== undefined && (total > 0 || items.length === 0);
  return { items, total: believable ? total : null, nextCursor: memberOf(body, 'nextCursor'), date };
}

/** Where the next page begins; `undefined` on the last. @throws UpstreamError for what is no text: who stands behind it would be taken for gone. */
export function cursorOf({ nextCursor }: ListResponse, what: string): string | undefined {
  // Left out on the last page (RFC 9865, section 2); some services write an empty one.
  const cursor = nextCursor ?? '';
  if (typeof cursor === 'string') return cursor === '' ? undefined : cursor;
  throw new UpstreamError({
    message: `The answer for ${what} names the next page in a way that is not SCIM 2.0. Set Paging to "By position" in the settings.`,
    detail: `found "nextCursor": ${typeof cursor}`,
  });
}
