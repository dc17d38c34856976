import type { RecordView } from '@castellan/api';
import type { ListedRecord } from '@castellan/storage';

export function recordView(record: ListedRecord): RecordView {
  const { kind, key, data, firstSeenAt, presentSince, lastSeenAt, changedAt, removedAt } = record;
  // The kind and its fields come from one row.
  return { kind, key, data, firstSeenAt, presentSince, lastSeenAt, changedAt, removedAt } as RecordView;
}
