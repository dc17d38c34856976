import { PageTrail } from '@castellan/connector-sdk';
import { textAt } from '../client/api-errors.js';
import { listOf, type OktaClient, wrappedListOf } from '../client/okta-client.js';
import { endless } from '../streams/endless.js';

/**
 * What a list holds, page by page.
 * @param url of the first page
 * @param how `within`: the field that the list lies in, as below `/api/v1/iam`; `orNone`: where there is no such list there is nothing
 */
export async function* itemsOf(
  client: OktaClient,
  url: string,
  { within, orNone = false }: { readonly within?: string; readonly orNone?: boolean } = {},
): AsyncGenerator<unknown, void> {
  const trail = new PageTrail();
  let next: string | undefined = url;
  while (next !== undefined) {
    const page: string = next;
    const response = orNone ? await client.find({ url: page }) : await client.get({ url: page });
    if (response === undefined) return;
    const list = within === undefined ? listOf(response, page) : wrappedListOf(response, page, within);
    yield* list.items;
    const problem = list.next === undefined ? undefined : trail.follow(list.next);
    if (problem !== undefined) throw endless('what an action looks at', problem);
    next = list.next;
  }
}

/** Of an account its groups: the members of a group may be hundreds of thousands. */
export async function isMemberOf(client: OktaClient, account: string, group: string): Promise<boolean> {
  for await (const item of itemsOf(client, `/api/v1/users/${encodeURIComponent(account)}/groups`))
    if (textAt(item, 'id') === group) return true;
  return false;
}

/** What stands at the end of this way into an answer. */
export const valueAt = (value: unknown, ...way: readonly string[]): unknown =>
  way.reduce<unknown>(
    (one, key) =>
      typeof one === 'object' && one !== null ? new Map<string, unknown>(Object.entries(one)).get(key) : undefined,
    value,
  );
