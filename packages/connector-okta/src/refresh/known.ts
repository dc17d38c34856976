import type { RecordKind, Scope, SyncedReader } from '@castellan/connector-sdk';

/** Keys of the rows that are known in a scope. @param isOurs leaves out rows of another stream of the same kind. */
export async function knownKeys(
  synced: SyncedReader,
  kind: RecordKind,
  { field, value }: Scope,
  isOurs: (key: string) => boolean | Promise<boolean> = () => true,
): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for await (const { key } of synced.where(kind, field, value)) if (await isOurs(key)) keys.add(key);
  return keys;
}

/** How many rows are known in a scope; counts no further than `most`. */
export async function countKnown(
  synced: SyncedReader,
  kind: RecordKind,
  { field, value }: Scope,
  most: number,
): Promise<number> {
  let count = 0;
  for await (const _entry of synced.where(kind, field, value)) {
    count += 1;
    if (count >= most) break;
  }
  return count;
}

export interface Difference {
  readonly appeared: readonly string[];
  readonly vanished: readonly string[];
}

export function differenceOf(known: ReadonlySet<string>, shown: ReadonlySet<string>): Difference {
  return {
    appeared: [...shown].filter((key) => !known.has(key)),
    vanished: [...known].filter((key) => !shown.has(key)),
  };
}
