import type { UsageCoverage } from '@castellan/api';
import { walkPages } from '../exports/page-walk.js';

/**
 * In every file that says what was used: from when on, and until when, use was observed. Without it an empty `lastUsedAt` would
 * be a claim about a time that nobody has watched. Empty themselves: nothing of it is observed.
 */
export const OBSERVED_COLUMNS: readonly string[] = ['observedSince', 'observedUntil'];

export const ABOUT_OBSERVED =
  'Each row says from when until when use was observed (`observedSince`, `observedUntil`; empty: nothing of it is): without that an empty `lastUsedAt` says nothing.';

export function observedCells(coverage: UsageCoverage | null): readonly unknown[] {
  return [coverage?.since, coverage?.until];
}

export function observedFields(coverage: UsageCoverage | null): object {
  return { observedSince: coverage?.since ?? null, observedUntil: coverage?.until ?? null };
}

interface ObservedPage<Row> {
  readonly items: readonly Row[];
  readonly coverage: UsageCoverage | null;
  readonly next?: string | null;
  readonly countedAt?: string | null;
}

/** A row with what its page says of all of its rows. */
export interface ObservedRow<Row> {
  readonly row: Row;
  readonly coverage: UsageCoverage | null;
  /** When it was counted; `null`: while it was read. */
  readonly countedAt: string | null;
}

/** All rows of a list, the first page of which is there already. */
export async function* observedRows<Row>(
  first: ObservedPage<Row>,
  ask: (after: string) => Promise<ObservedPage<Row>> = () => Promise.resolve(first),
): AsyncGenerator<readonly ObservedRow<Row>[], void, void> {
  const pageOf = (page: ObservedPage<Row>) => ({ ...page, next: page.next ?? null });
  for await (const { items, coverage, countedAt = null } of walkPages(pageOf(first), async (after) => pageOf(await ask(after))))
    yield items.map((row) => ({ row, coverage, countedAt }));
}
