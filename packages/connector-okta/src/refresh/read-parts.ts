import {
  ConnectorError,
  inOrder,
  type RecordKind,
  type RefreshArgs,
  type RefreshPage,
  type Rejected,
  type Scope,
  type SourceRecord,
  type Stale,
  type UnreadScope,
} from '@castellan/connector-sdk';
import type { OktaClient } from '../client/okta-client.js';
import { PartTally } from '../streams/part-tally.js';

export type OktaRefreshArgs = RefreshArgs<OktaClient>;

/** A part to be read, and the scopes that are unread when it fails. */
export interface Part<K extends RecordKind> {
  readonly scopes: readonly Scope[];
  readonly read: () => Promise<Step<K>>;
}

/** What one request of a part has brought. */
export interface Step<K extends RecordKind> extends Partial<RefreshPage<K>> {
  /** The part goes on; called when all that came before it was handed over. */
  readonly more?: () => Promise<Step<K>>;
}

/** Parts whose first requests are sent at once. */
const AHEAD = 8;
/** A page is handed over when it holds so many rows, or so many parts are through. */
const FULL_PAGE = 1_000;
const MOST_PARTS = 100;

/**
 * Reads parts, many at a time. One that fails by itself is unread; what concerns all of them is thrown: the same rule as
 * in a listing, see `PartTally.fail`.
 */
export async function* readParts<K extends RecordKind>(
  parts: AsyncIterable<Part<K>> | Iterable<Part<K>>,
): AsyncGenerator<RefreshPage<K>, void, void> {
  const failures = new PartTally<K>(true);
  let page = new PageInMaking<K>();
  for await (const first of inOrder(parts, AHEAD, open)) {
    let opened = first;
    for (;;) {
      if ('failure' in opened) {
        failures.fail('', opened.failure);
        const reason = failures.take().unlisted[0]?.reason ?? '';
        const retry = ConnectorError.is(opened.failure) && opened.failure.kind === 'transient';
        page.add({ unread: opened.part.scopes.map((scope) => ({ scope, reason, ...(retry && { retry }) })) });
        break;
      }
      failures.pass();
      page.add(opened.step);
      if (page.isFull) {
        yield page.take();
        page = new PageInMaking<K>();
      }
      if (opened.step.more === undefined) break;
      opened = await open({ scopes: opened.part.scopes, read: opened.step.more });
    }
  }
  if (!page.isEmpty) yield page.take();
}

type Opened<K extends RecordKind> = { readonly part: Part<K> } & ({ readonly step: Step<K> } | { readonly failure: unknown });

/** Never throws: what a failure means is decided when the part's turn comes. */
async function open<K extends RecordKind>(part: Part<K>): Promise<Opened<K>> {
  try {
    return { part, step: await part.read() };
  } catch (failure) {
    return { part, failure };
  }
}

class PageInMaking<K extends RecordKind> {
  readonly #records: SourceRecord<K>[] = [];
  readonly #complete: Scope[] = [];
  readonly #settled: Scope[] = [];
  readonly #unread: UnreadScope[] = [];
  readonly #rejected: Rejected[] = [];
  readonly #stale: Stale[] = [];
  #steps = 0;

  get isEmpty(): boolean {
    return this.#steps === 0;
  }

  get isFull(): boolean {
    return this.#records.length >= FULL_PAGE || this.#steps >= MOST_PARTS;
  }

  add(step: Step<K>): void {
    this.#steps += 1;
    this.#records.push(...(step.records ?? []));
    this.#complete.push(...(step.complete ?? []));
    this.#settled.push(...(step.settled ?? []));
    this.#unread.push(...(step.unread ?? []));
    this.#rejected.push(...(step.rejected ?? []));
    this.#stale.push(...(step.stale ?? []));
  }

  take(): RefreshPage<K> {
    return {
      records: this.#records,
      complete: this.#complete,
      settled: this.#settled,
      unread: this.#unread,
      rejected: this.#rejected,
      stale: this.#stale,
    };
  }
}

/** Scopes that this stream cannot be asked for: a mistake of the host, or a row of another version. */
export function unreadable<K extends RecordKind>(scopes: readonly Scope[]): readonly Part<K>[] {
  if (scopes.length === 0) return [];
  const unread = scopes.map((scope) => ({ scope, reason: `cannot be read by "${scope.field}"` }));
  return [{ scopes, read: () => Promise.resolve({ unread }) }];
}

/** A part that is known to be empty without asking. */
export function nothing<K extends RecordKind>(complete: readonly Scope[], stale: readonly Stale[] = []): Step<K> {
  return { complete, stale };
}

/** Scopes by field; `others` have none of the fields. */
export function byField<F extends string>(
  scopes: readonly Scope[],
  ...fields: readonly F[]
): Readonly<Record<F, readonly string[]>> & { readonly others: readonly Scope[] } {
  const found = new Map<string, string[]>(fields.map((field) => [field, []]));
  const others: Scope[] = [];
  for (const scope of scopes) {
    const values = found.get(scope.field);
    if (values === undefined) others.push(scope);
    else values.push(scope.value);
  }
  // The map has exactly the fields that the record is to have.
  return { ...(Object.fromEntries(found) as unknown as Record<F, readonly string[]>), others };
}

/** Found here to have changed. At our own time: no listing that has begun before can have seen it. */
export function staleNow(client: OktaClient, stream: string, field: string, value: string): Stale {
  return { stream, scope: { field, value }, at: client.now().toISOString() };
}
