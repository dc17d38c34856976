import { Skeleton, Stack, Text } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Failed } from '../states/Failed.js';
import { Guarded } from '../states/Guarded.js';
import { LoadMore } from '../states/LoadMore.js';
import { PageTitle } from '../states/PageTitle.js';
import { Seen } from '../states/Seen.js';
import { auditQuery } from './audit-queries.js';
import { AuditEntry } from './AuditEntry.js';
import { AuditFilters } from './AuditFilters.js';
import styles from './audit.module.css';

const TITLE = 'Audit log';
const route = getRouteApi('/signed-in/audit');

export function AuditPage() {
  return (
    <Guarded title={TITLE} needs="audit:read">
      <AuditLog />
    </Guarded>
  );
}

function AuditLog() {
  const filter = route.useSearch();
  const list = useInfiniteQuery({ ...auditQuery(filter), placeholderData: keepPreviousData });
  const entries = list.data?.pages.flatMap(({ items }) => items);
  return (
    <>
      <PageTitle
        title={TITLE}
        aside={<Seen at={list.dataUpdatedAt} isFetching={list.isFetching} onRefresh={() => void list.refetch()} />}
      />
      <Stack gap="md">
        <AuditFilters filter={filter} entries={entries ?? []} />
        {list.error !== null && <Failed error={list.error} retry={() => void list.refetch()} />}
        {entries === undefined && list.error === null && <Placeholders />}
        {entries?.length === 0 && (
          <Text size="sm" c="dimmed" role="status">
            Nothing in the log is like this. Take a filter away to see more.
          </Text>
        )}
        {entries !== undefined && entries.length > 0 && (
          <ol className={styles['log']} aria-label="Entries, newest first" aria-busy={list.isPlaceholderData}>
            {entries.map((entry) => (
              <AuditEntry key={entry.seq} entry={entry} />
            ))}
          </ol>
        )}
        <LoadMore list={list} label="Show older entries" />
      </Stack>
    </>
  );
}

function Placeholders() {
  return (
    <Stack gap={6} aria-hidden>
      {Array.from({ length: 8 }, (_entry, index) => (
        <Skeleton key={index} height={36} />
      ))}
    </Stack>
  );
}
