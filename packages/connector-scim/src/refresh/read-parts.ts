import { inOrder, type RecordKind, type RefreshArgs, type RefreshPage, type Scope, type Stale } from '@castellan/connector-sdk';
import type { ScimClient } from '../client/scim-client.js';
import { Failures } from '../streams/failures.js';

export type ScimRefreshArgs = RefreshArgs<ScimClient>;

/** Parts asked for at once. */
const AHEAD = 8;

/**
 * Reads parts that share a field, several at a time, a page for each. One that fails by itself is unread; what concerns all of them
 * is thrown.
 */
export async function* readParts<K extends RecordKind>(
  { scopes }: ScimRefreshArgs,
  field: string,
  read: (value: string, scope: Scope) => Promise<RefreshPage<K>>,
): AsyncGenerator<RefreshPage<K>, void, void> {
  const known = scopes.filter((scope) => scope.field === field);
  const unread = scopes.filter((scope) => scope.field !== field);
  if (unread.length > 0) yield refused(unread);
  const failures = new Failures(true);
  const open = (scope: Scope): Promise<Opened<K>> =>
    read(scope.value, scope).then(
      (page) => ({ scope, page }),
      (failure: unknown) => ({ scope, failure }),
    );
  for await (const opened of inOrder(known, AHEAD, open)) {
    if ('page' in opened) {
      failures.pass();
      yield opened.page;
      continue;
    }
    const { message, kind } = failures.fail(opened.failure);
    yield {
      records: [],
      complete: [],
      unread: [{ scope: opened.scope, reason: message, ...(kind === 'transient' && { retry: true }) }],
    };
  }
}

type Opened<K extends RecordKind> = { readonly scope: Scope } & (
  | { readonly page: RefreshPage<K> }
  | { readonly failure: unknown }
);

/** Scopes that this stream cannot be asked for: a mistake of the host, or a row of another version. */
function refused<K extends RecordKind>(scopes: readonly Scope[]): RefreshPage<K> {
  const unread = scopes.map((scope) => ({ scope, reason: `cannot be read by "${scope.field}"` }));
  return { records: [], complete: [], unread };
}

/** Found here to have changed. At our own time: no listing that has begun before can have seen it. */
export function staleNow({ now }: ScimClient, stream: string, field: string, value: string): Stale {
  return { stream, scope: { field, value }, at: now().toISOString() };
}
