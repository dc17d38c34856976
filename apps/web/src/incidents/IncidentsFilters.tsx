import { INCIDENT_STATUSES } from '@castellan/api';
import { CloseButton, Group, SegmentedControl, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { ownersQuery } from '../connect/owners-query.js';
import { IntegrationFilter } from '../posture/IntegrationFilter.js';
import { kept } from '../posture/posture-search.js';
import { useMay, useSession } from '../session/session.js';
import { FilterChoice } from '../states/FilterChoice.js';
import { WordsBox } from '../states/WordsBox.js';
import { INCIDENT_LOOKS } from './incident-looks.js';
import { incidentsQuery } from './incident-queries.js';
import { SEARCHED } from './incident-words.js';
import { type IncidentsChange, type IncidentsSearch, readIncidentsSearch } from './incidents-search.js';

const STATUSES = [
  ...INCIDENT_STATUSES.map((status) => ({ value: status, label: INCIDENT_LOOKS[status].word })),
  { value: 'all' as const, label: 'All, also closed' },
];
const OWNERS = [
  { value: 'me', label: 'Mine' },
  { value: 'none', label: 'Without an owner' },
];
const SORTS = [
  { value: 'worst', label: 'Worst first' },
  { value: 'newest', label: 'Newest first' },
];

/** What narrows and orders the queue, besides the severity; all of it stands in the address. */
export function IncidentsFilters({ search }: { readonly search: IncidentsSearch }) {
  const navigate = useNavigate();
  const { user } = useSession();
  const change = useCallback(
    (part: IncidentsChange, replace = false): void =>
      void navigate({
        to: '/incidents',
        search: (now: Readonly<Record<string, unknown>>) => kept<IncidentsSearch>({ ...readIncidentsSearch(now), ...part }),
        replace,
        resetScroll: false,
      }),
    [navigate],
  );
  const changeWords = useCallback((q: string | undefined, isFurther: boolean) => change({ q }, isFurther), [change]);
  const { data: users = [] } = useQuery({ ...ownersQuery, enabled: useMay('users:read') });
  const others = users.filter(({ id }) => id !== user?.id).map(({ id, name }) => ({ value: id, label: name }));
  const { status, owner, integration, subject, sort = 'worst' } = search;
  return (
    <Group gap="xs" role="search" aria-label="Filters">
      <WordsBox label="Search incidents" title={`Looks in ${SEARCHED}`} width={190} q={search.q} onChange={changeWords} />
      <FilterChoice
        name="Status"
        all="To be worked through"
        choices={STATUSES}
        value={status}
        width={185}
        onChoose={(chosen) => change({ status: chosen })}
      />
      <FilterChoice
        name="Owner"
        all="Any owner"
        choices={[...OWNERS, ...others]}
        value={owner}
        width={170}
        onChoose={(chosen) => change({ owner: chosen })}
      />
      <IntegrationFilter chosen={integration} onChoose={(chosen) => change({ integration: chosen })} />
      {subject !== undefined && <OfSubject search={search} onClear={() => change({ subject: undefined })} />}
      <SegmentedControl
        ml="auto"
        size="xs"
        aria-label="Order"
        data={SORTS}
        value={sort}
        onChange={(chosen) => change({ sort: chosen === 'newest' ? chosen : undefined })}
      />
    </Group>
  );
}

/** The address says a key; the first incident knows what people call it. */
function OfSubject({ search, onClear }: { readonly search: IncidentsSearch; readonly onClear: () => void }) {
  const { data } = useInfiniteQuery(incidentsQuery(search));
  const label = data?.pages[0]?.items[0]?.subject.label ?? search.subject;
  return (
    <Group gap={2}>
      <Text size="sm">Only of {label}</Text>
      <CloseButton size="sm" aria-label="Of anybody" onClick={onClear} />
    </Group>
  );
}
