import type { RecordKind } from '@castellan/connector-sdk';

/** `superseded`: a newer listing has replaced it. */
export type HoldState = 'open' | 'accepted' | 'rejected' | 'superseded';

/** A removal that waits, or waited, for a person: the listing was complete, but would have removed suspiciously much. */
export interface HoldView {
  readonly id: string;
  readonly integrationId: string;
  readonly stream: string;
  readonly kind: RecordKind;
  readonly wouldRemove: number;
  readonly present: number;
  readonly state: HoldState;
  readonly decidedBy: string | null;
  readonly createdAt: string;
  readonly decidedAt: string | null;
}
