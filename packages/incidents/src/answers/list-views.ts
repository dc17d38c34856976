import type { DetectionListView } from '@castellan/api';
import type { StoredList } from '@castellan/storage';

export function listView({ kind, name, entries, changedBy, changedAt }: StoredList): DetectionListView {
  return { kind, name, entries, changedBy: changedBy.name, changedAt: changedAt.toISOString() };
}
