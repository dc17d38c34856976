import type { RecordView } from '@castellan/api';

export type RecordKind = RecordView['kind'];
export type DataOf<K extends RecordKind> = RecordView<K>['data'];

export interface TextLook {
  readonly as: 'text' | 'word' | 'code';
}
export interface ReferenceLook {
  readonly as: 'reference';
  /** Of the other record; a field that says it, where it can be of several. */
  readonly kind: RecordKind | { readonly field: string };
}
export interface ReferencesLook {
  readonly as: 'references';
  readonly kind: RecordKind;
}
export interface ListLook {
  readonly as: 'list';
}
export interface InstantLook {
  readonly as: 'instant';
}
export interface FlagLook {
  readonly as: 'flag';
}
export interface NumberLook {
  readonly as: 'number';
}
export interface ObjectLook {
  readonly as: 'party' | 'parties' | 'client' | 'json';
}

/** How a value is shown. */
export type Look = TextLook | ReferenceLook | ReferencesLook | ListLook | InstantLook | FlagLook | NumberLook | ObjectLook;

export interface Field<L extends Look = Look> {
  readonly title: string;
  /** Of its column at least, in pixels; wider ones take more of what is left over. */
  readonly width: number;
  readonly look: L;
}

// A field of the vocabulary that has no title here, or is shown as what it is not, does not compile.
type LookOf<P, V> = P extends `${string}At` | 'published'
  ? InstantLook
  : [V] extends [string]
    ? TextLook | ReferenceLook
    : [V] extends [boolean]
      ? FlagLook
      : [V] extends [number]
        ? NumberLook
        : [V] extends [readonly string[]]
          ? ListLook | ReferencesLook
          : ObjectLook;

/** Beside the data of every record. */
export type RowTime = 'firstSeenAt' | 'presentSince' | 'lastSeenAt' | 'changedAt' | 'removedAt';

export interface KindDefinition<K extends RecordKind> {
  readonly many: string;
  readonly one: string;
  /** What people call such a record: the first of these that it has. */
  readonly name: readonly (keyof DataOf<K> & string)[];
  /** Columns that are shown until somebody chooses others. The first stays in sight. */
  readonly shown: readonly ((keyof DataOf<K> & string) | RowTime)[];
  readonly fields: { readonly [P in keyof DataOf<K>]-?: Field<LookOf<P, NonNullable<DataOf<K>[P]>>> };
}

export const text = (title: string, width = 180): Field<TextLook> => ({ title, width, look: { as: 'text' } });
/** A word of the provider's own: an id, a technical name. */
export const code = (title: string, width = 150): Field<TextLook> => ({ title, width, look: { as: 'code' } });
/** One of few words of ours, with a colour. */
export const word = (title: string, width = 130): Field<TextLook> => ({ title, width, look: { as: 'word' } });
export const instant = (title: string, width = 130): Field<InstantLook> => ({ title, width, look: { as: 'instant' } });
export const flag = (title: string, width = 100): Field<FlagLook> => ({ title, width, look: { as: 'flag' } });
export const count = (title: string, width = 90): Field<NumberLook> => ({ title, width, look: { as: 'number' } });
export const list = (title: string, width = 220): Field<ListLook> => ({ title, width, look: { as: 'list' } });
export const reference = (title: string, kind: ReferenceLook['kind'], width = 190): Field<ReferenceLook> => ({
  title,
  width,
  look: { as: 'reference', kind },
});
export const references = (title: string, kind: RecordKind, width = 190): Field<ReferencesLook> => ({
  title,
  width,
  look: { as: 'references', kind },
});
export const object = (title: string, as: ObjectLook['as'], width = 200): Field<ObjectLook> => ({ title, width, look: { as } });

export const ROW_TIMES: Readonly<Record<RowTime, Field<InstantLook>>> = {
  firstSeenAt: instant('First seen here'),
  presentSince: instant('Here since'),
  lastSeenAt: instant('Last seen here'),
  changedAt: instant('Last change seen'),
  removedAt: instant('Removed'),
};
