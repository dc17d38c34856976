import type { RecordRow, RecordView } from '@castellan/api';
import type { ListedRecord, TableRow } from '@castellan/storage';

export function recordView(record: ListedRecord): RecordView {
  const { kind, key, data, firstSeenAt, presentSince, lastSeenAt, changedAt, removedAt } = record;
  // The kind and its fields come from one row.
  return { kind, key, data, firstSeenAt, presentSince, lastSeenAt, changedAt, removedAt } as RecordView;
}

export function rowView(row: TableRow): RecordRow {
  // As above.
  return { ...recordView(row), integration: row.integration } as RecordRow;
}
