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
