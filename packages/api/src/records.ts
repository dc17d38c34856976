import type { JsonObject, RecordKind, RecordMap } from '@castellan/connector-sdk';

/** One thing that was collected, as a list shows it. */
export type RecordView<K extends RecordKind = RecordKind> = {
  [P in K]: {
    readonly kind: P;
    readonly key: string;
    readonly data: RecordMap[P];
    readonly firstSeenAt: string;
    /** Since when it has been there without a gap. */
    readonly presentSince: string;
    readonly lastSeenAt: string;
    readonly changedAt: string;
    /** `null`: it is there. */
    readonly removedAt: string | null;
  };
}[K];

/** With the provider's own object, secrets removed; `null` where the connector keeps none. */
export type RecordDetail<K extends RecordKind = RecordKind> = RecordView<K> & { readonly raw: JsonObject | null };

/** A row of a table over all integrations of the workspace. */
export type RecordRow<K extends RecordKind = RecordKind> = RecordView<K> & {
  readonly integration: { readonly id: string; readonly name: string };
};

/** Of every kind but `activity` any part, by `offset`; of `activity` newest first, by `next`. */
/** Of one file: a longer export breaks off. */
export const MOST_EXPORTED_ROWS = 1_000_000;

export interface RecordRows<K extends RecordKind = RecordKind> {
  readonly items: readonly RecordRow<K>[];
  /** How many rows there are in all; `null`: more of the log than is counted, or a later page of it. */
  readonly total: number | null;
  /** The place of the first item; `null` for `activity`. */
  readonly offset: number | null;
  /** `cursor` of the next page of `activity`, `null` on the last. Always `null` for other kinds. */
  readonly next: string | null;
  /**
   * Of `activity` with a search or a filter: how far back this page has looked, where it has not reached the end. It may have found less than was asked for,
   * or nothing, and there is more all the same if `next` says so. Otherwise `null`.
   */
  readonly searchedTo: string | null;
}

/** How a field can be filtered by: `field:value`, `field:<instant` and `field:>instant`, or not at all. */
export type RecordFilterForm = 'values' | 'range' | null;

export interface RecordTableField {
  /**
   * As in `data`; the last ones, from `firstSeenAt` on, stand beside it. `authenticator` of accounts stands nowhere: their authenticators say it, and it can
   * be filtered by.
   */
  readonly name: string;
  readonly type: 'text' | 'boolean' | 'number' | 'instant' | 'texts' | 'json';
  /** Whether `q` looks at it. */
  readonly searched: boolean;
  readonly sortable: boolean;
  readonly filter: RecordFilterForm;
}

/** What there is of a kind in the workspace, and what its table can do. */
export interface RecordTableView {
  readonly kind: RecordKind;
  readonly present: number;
  readonly removed: number;
  readonly fields: readonly RecordTableField[];
}

/** Values of a field, the most frequent first, as counted under the filters of all other fields. */
export interface RecordFacet {
  readonly field: string;
  readonly values: readonly { readonly value: string | boolean | null; readonly count: number }[];
  /** Whether there are other values besides. */
  readonly more: boolean;
}

export interface RecordFacets {
  readonly fields: readonly RecordFacet[];
  /** `null`: all rows were counted. Else (of `activity`) only the newest: how many, and how far back they go. */
  readonly sample: { readonly rows: number; readonly since: string } | null;
}

/** What a record is related to, by one name; e.g. the groups of an account. */
export interface RecordRelation {
  /** For the path: `groups`. */
  readonly name: string;
  /** For people: `Groups`. */
  readonly title: string;
  /** Of the other records; `null` where they are of several. */
  readonly kind: RecordKind | null;
  /** Present ones; `null`: more than are counted (activity only). */
  readonly count: number | null;
  /** Former ones; `null` as above. */
  readonly removed: number | null;
}

export interface RelatedRecord {
  /** Kind of the other record, or what the provider has there that is no record: `client`. */
  readonly kind: RecordKind | 'client' | 'resource_set' | 'unknown';
  readonly key: string;
  /** What a person calls it; its key where it was never read. */
  readonly label: string;
  readonly detail: string | null;
  /** Whether there is such a record to open. */
  readonly known: boolean;
  /** What the relation itself says, e.g. `{scope: 'group', username: 'ana'}`. Empty where it says nothing. */
  readonly via: Readonly<Record<string, string | number | boolean | null>>;
  /** Since when it has held without a gap; for an event: when it happened. */
  readonly since: string;
  /** `null`: it holds. */
  readonly removedAt: string | null;
}

export interface RelatedRecords {
  readonly items: readonly RelatedRecord[];
  /** `null`: more than are counted (activity only). */
  readonly total: number | null;
  readonly offset: number;
}

/**
 * `found`, `gained` and `lost`: a relation; the others: the record itself. `found`: it held when its kind was listed completely for
 * the first time, since then or before.
 */
export type RecordHistoryWhat = 'first_seen' | 'returned' | 'changed' | 'removed' | 'found' | 'gained' | 'lost';

export interface RecordHistoryEntry {
  readonly at: string;
  readonly what: RecordHistoryWhat;
  /** Name of the relation that was found, gained or lost; `null` where the record itself is meant. */
  readonly relation: string | null;
  /** Of the other record, or of this one. */
  readonly kind: RelatedRecord['kind'];
  readonly key: string;
  readonly label: string;
}

/** Newest first, 200 at most. */
export interface RecordHistory {
  readonly items: readonly RecordHistoryEntry[];
  /** Whether older entries were left out. */
  readonly more: boolean;
}
