import type { IncidentView } from '@castellan/api';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { misread } from '../posture/posture-search.js';
import { ButtonLink } from '../shell/links.js';
import { Failed } from '../states/Failed.js';
import { Guarded } from '../states/Guarded.js';
import { LoadMore } from '../states/LoadMore.js';
import { Misread } from '../states/Misread.js';
import { PageTitle } from '../states/PageTitle.js';
import { IncidentQueue } from './IncidentQueue.js';
import { INCIDENTS_KEY, incidentsQuery, incidentsSummaryQuery, latestIncidentsQuery } from './incident-queries.js';
import { countedIncidents } from './incident-words.js';
import { IncidentsFilters } from './IncidentsFilters.js';
import { isLow, lowOnes, mayLeaveOutLow } from './low-ones.js';
import { type IncidentsSearch, readIncidentsSearch } from './incidents-search.js';
import { NothingToTriage } from './NothingToTriage.js';
import { SeverityCounts } from './SeverityCounts.js';
import { type News, useNews } from './use-news.js';
import { WatchedUntil } from './WatchedUntil.js';
import { Loading } from '../states/Loading.js';

const TITLE = 'Incidents';
const route = getRouteApi('/signed-in/incidents');

export function IncidentsPage() {
  return (
    <Guarded title={TITLE} needs="findings:read">
      <Incidents />
    </Guarded>
  );
}

/** What is to be worked through, of all rules over what happens. */
function Incidents() {
  const search = readIncidentsSearch(route.useSearch());
  const news = useNews();
  useReadWithNews();
  return (
    <>
      <PageTitle title={TITLE} aside={<WatchedUntil integration={search.integration} />} />
      <Stack gap="sm">
        <Misread found={misread(useLocation().search, search)} />
        <SeverityCounts search={search} />
        <IncidentsFilters search={search} />
        <Counts news={news} search={search} />
        <List search={search} isNew={news.isNew} />
      </Stack>
    </>
  );
}

interface ListProps {
  readonly search: IncidentsSearch;
  readonly isNew: (incident: IncidentView) => boolean;
}

function List({ search, isNew }: ListProps) {
  const list = useInfiniteQuery(incidentsQuery(search));
  const { data, error, refetch, isFetchNextPageError } = list;
  const failed = error !== null && !isFetchNextPageError && <Failed error={error} retry={() => void refetch()} />;
  if (data === undefined) return failed || <Loading height={320} />;
  const all = data.pages.flatMap((page) => page.items);
  const isWithoutLow = search.severity === undefined && mayLeaveOutLow(search) && all.some((one) => !isLow(one));
  const items = isWithoutLow ? all.filter((one) => !isLow(one)) : all;
  return (
    <>
      {failed}
      {items.length === 0 ? (
        <NothingToTriage
          isNarrowed={Object.entries(search).some(
            ([name, value]) => name !== 'sort' && !(name === 'severity' && value === 'all'),
          )}
          isSearched={search.q !== undefined}
        />
      ) : (
        <IncidentQueue
          key={JSON.stringify(search)}
          items={items}
          isGrouped={search.sort === undefined}
          isOfOne={search.integration !== undefined}
          isNew={isNew}
        />
      )}
      {/* The worst come first: behind a low one there are only others. */}
      {!(isWithoutLow && all.length > items.length) && <LoadMore list={list} label="Show more" />}
    </>
  );
}

/** How many wait, and how many of them have come while somebody looks. */
function Counts({ news: { count, seen }, search }: { readonly news: News; readonly search: IncidentsSearch }) {
  const { data } = useQuery(incidentsSummaryQuery(search));
  if (data === undefined) return null;
  const { sort: _sort, ...rest } = search;
  const low = lowOnes(data)?.low ?? 0;
  const isWithoutLow = low > 0 && search.severity === undefined && mayLeaveOutLow(search);
  return (
    <Group gap="sm">
      <Text size="sm" c="dimmed" role="status">
        {countedIncidents(data.open)} open, {data.acknowledged.toLocaleString('en')} acknowledged.
        {isWithoutLow && ` ${low.toLocaleString('en')} of low severity ${low === 1 ? 'is' : 'are'} not shown here.`}
        {count > 0 && ` ${count.toLocaleString('en')} new since you opened this page.`}
      </Text>
      {count > 0 && (
        <ButtonLink to="/incidents" search={{ ...rest, sort: 'newest' }} resetScroll={false} size="compact-xs" variant="light">
          Show the newest first
        </ButtonLink>
      )}
      {count > 0 && (
        <Button size="compact-xs" variant="subtle" onClick={seen}>
          I have seen them
        </Button>
      )}
    </Group>
  );
}

/** The newest are asked for often; the whole queue is when they have changed. */
function useReadWithNews(): void {
  const queries = useQueryClient();
  const { data } = useQuery(latestIncidentsQuery);
  const state = data === undefined ? undefined : JSON.stringify(data.map(({ id, changedAt }) => [id, changedAt]));
  const last = useRef(state);
  useEffect(() => {
    const isNews = last.current !== undefined && state !== undefined && last.current !== state;
    if (state !== undefined) last.current = state;
    if (!isNews) return;
    for (const part of ['list', 'summary']) void queries.invalidateQueries({ queryKey: [...INCIDENTS_KEY, part] });
  }, [state, queries]);
}
