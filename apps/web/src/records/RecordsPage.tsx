import { getRouteApi } from '@tanstack/react-router';
import { UnknownPage } from '../states/UnknownPage.js';
import type { RecordKind } from './fields.js';
import { isKind } from './kinds.js';
import { rowsQuery } from './record-search.js';
import { RecordsView } from './RecordsView.js';
import { useLog } from './use-log.js';
import { useRecords } from './use-records.js';
import { useWindows } from './use-windows.js';

const route = getRouteApi('/signed-in/records/$kind');

/** The table of one kind, as the address says it. */
export function RecordsPage() {
  const { kind } = route.useParams();
  if (!isKind(kind)) return <UnknownPage />;
  // Another kind is another page: nothing of what was looked at stays.
  return kind === 'activity' ? <Log key={kind} /> : <Rows key={kind} kind={kind} />;
}

function Rows({ kind }: { readonly kind: RecordKind }) {
  const records = useRecords(kind);
  const source = useWindows(kind, String(rowsQuery(records.search)));
  return <RecordsView kind={kind} records={records} source={source} />;
}

function Log() {
  const records = useRecords('activity');
  const source = useLog(String(rowsQuery(records.search)));
  return <RecordsView kind="activity" records={records} source={source} />;
}
