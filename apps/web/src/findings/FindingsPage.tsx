import { Stack, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useLocation } from '@tanstack/react-router';
import { ButtonLink } from '../shell/links.js';
import { Empty } from '../states/Empty.js';
import { Guarded } from '../states/Guarded.js';
import { misread } from '../posture/posture-search.js';
import { Misread } from '../states/Misread.js';
import { PageTitle } from '../states/PageTitle.js';
import { countedFindings } from './finding-words.js';
import { FindingsFilters } from './FindingsFilters.js';
import { FindingsList } from './FindingsList.js';
import { findingsSummaryQuery } from './findings-queries.js';
import { type FindingsSearch, readFindingsSearch } from './findings-search.js';

const TITLE = 'Findings';
const route = getRouteApi('/signed-in/findings');

export function FindingsPage() {
  return (
    <Guarded title={TITLE} needs="findings:read">
      <Findings />
    </Guarded>
  );
}

/** What is to be worked through, of all checks. */
function Findings() {
  const search = readFindingsSearch(route.useSearch());
  const isNarrowed = Object.keys(search).some((name) => name !== 'sort');
  return (
    <>
      <PageTitle title={TITLE} />
      <Stack gap="sm">
        <Misread found={misread(useLocation().search, search)} />
        <FindingsFilters search={search} />
        <Counts search={search} />
        <FindingsList
          search={search}
          empty={
            <Empty
              icon={IconCircleCheck}
              title={isNarrowed ? 'No finding matches' : 'Nothing to work through'}
              action={
                <ButtonLink to={isNarrowed ? '/findings' : '/posture'} variant="light">
                  {isNarrowed ? 'Show all that are to be worked through' : 'See the posture'}
                </ButtonLink>
              }
            >
              {isNarrowed
                ? 'Choose fewer filters, or another status.'
                : 'No check has an open finding, or nobody has looked yet: the posture page says which.'}
            </Empty>
          }
        />
      </Stack>
    </>
  );
}

/** How many there are of what is filtered, whatever became of them. */
function Counts({ search: { status: _status, sort: _sort, ...search } }: { readonly search: FindingsSearch }) {
  const { data } = useQuery(findingsSummaryQuery(search));
  if (data === undefined) return null;
  const { open, acknowledged, excepted } = data;
  return (
    <Text size="sm" c="dimmed" role="status">
      {countedFindings(open)} open, {acknowledged.toLocaleString('en')} acknowledged, {excepted.toLocaleString('en')} excepted.
    </Text>
  );
}
