import { ACCOUNTS_FIT } from '@castellan/storage';

/** What the index of shown accounts is in the order of. */
export const NAME_LENGTH = 100;
export const NAME = `lower(left(t.display_name, ${NAME_LENGTH}) COLLATE "C")`;

/** What equal ones are sorted by, as text that sorts as it should: the part of the list first, then the name. */
export const NAME_PLACE = `(CASE WHEN NOT (${ACCOUNTS_FIT}) THEN '2' WHEN t.display_name IS NULL THEN '1' ELSE '0' || ${NAME} END) COLLATE "C"`;

/** A list of accounts that an index has in its order. */
export interface Part {
  /** Places in it begin so. */
  readonly mark: string;
  readonly is: string;
  readonly order: string;
  readonly named: boolean;
}

const BY_NAME: readonly Part[] = [
  { mark: '0', is: `${ACCOUNTS_FIT} AND t.display_name IS NOT NULL`, order: `${NAME}, t.key`, named: true },
  { mark: '1', is: `${ACCOUNTS_FIT} AND t.display_name IS NULL`, order: 't.key', named: false },
  { mark: '2', is: `NOT (${ACCOUNTS_FIT})`, order: 't.key', named: false },
];

/** Which lists are gone along, one after the other. */
export const PARTS = {
  name: BY_NAME,
  key: [{ mark: '', is: 'true', order: 't.key', named: false }],
} as const satisfies Readonly<Record<string, readonly Part[]>>;

/** Where an account stands in them, when all are sorted. */
export const PLACES = { name: NAME_PLACE, key: `''::text COLLATE "C"` } as const;

/** An account, and where it stands: for whoever goes on after it. */
export interface PlacedRow {
  readonly key: string;
  readonly place: string;
}

export function readPlace(after: string): { readonly place: string; readonly key: string } {
  // Whoever takes places from outside asks `isReachingPlace` before.
  const [place, key] = JSON.parse(after) as readonly [string, string];
  return { place, key };
}

/** The same with what comes before the name in the order: it has no line break, and a name may. */
export function writePlaces(first: string, name: string, key: string): string {
  return JSON.stringify([`${first}\n${name}`, key]);
}

export function readPlaces(after: string): { readonly first: string; readonly name: string; readonly key: string } {
  const { place, key } = readPlace(after);
  const end = place.indexOf('\n');
  return { first: place.slice(0, Math.max(0, end)), name: place.slice(end + 1), key };
}

/** Whether `after` is a place: for whoever hands places out and takes them back. */
export function isReachingPlace(after: string): boolean {
  try {
    const place: unknown = JSON.parse(after);
    // As JSON a NUL is written out, so that whoever looks for one in `after` does not see it; the database takes none.
    return (
      Array.isArray(place) && place.length === 2 && place.every((part) => typeof part === 'string' && !part.includes('\0'))
    );
  } catch {
    return false;
  }
}
