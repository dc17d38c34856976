import { PLAYBOOK_RUN_STATES, type PlaybookRunView } from '@castellan/api';
import { Group, Stack, Table, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { IntegrationFilter } from '../posture/IntegrationFilter.js';
import { kept } from '../posture/posture-search.js';
import { AnchorLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { Empty } from '../states/Empty.js';
import { Failed } from '../states/Failed.js';
import { FilterChoice } from '../states/FilterChoice.js';
import { Guarded } from '../states/Guarded.js';
import { LoadMore } from '../states/LoadMore.js';
import { Look } from '../states/Look.js';
import { PageTitle } from '../states/PageTitle.js';
import { SmallTable } from '../states/SmallTable.js';
import { playbooksQuery, runsQuery } from './playbook-queries.js';
import { RUN_LOOKS, WAITS_WORDS } from './playbook-words.js';
import { readRunsSearch, type RunsSearch } from './playbooks-search.js';
import { PlaybookTabs } from './PlaybookTabs.js';
import styles from './playbooks.module.css';

const TITLE = 'Runs of playbooks';
const route = getRouteApi('/signed-in/playbooks/runs');

export function RunsPage() {
  return (
    <Guarded title={TITLE} needs="actions:read">
      <Runs />
    </Guarded>
  );
}

/** What became of playbooks that have begun, the newest first. */
function Runs() {
  const search = readRunsSearch(route.useSearch());
  const { data } = useQuery(playbooksQuery);
  const navigate = useNavigate();
  const change = (part: { readonly [P in keyof RunsSearch]?: RunsSearch[P] | undefined }): void =>
    void navigate({ to: '/playbooks/runs', search: kept<RunsSearch>({ ...search, ...part }), replace: true });
  return (
    <>
      <PageTitle title={TITLE} />
      <PlaybookTabs chosen="/playbooks/runs" />
      <Stack gap="md">
        <Group gap="xs">
          <FilterChoice
            name="State"
            all="All states"
            choices={PLAYBOOK_RUN_STATES.map((state) => ({ value: state, label: RUN_LOOKS[state].word }))}
            value={search.state}
            width={180}
            onChoose={(state) => change({ state })}
          />
          <FilterChoice
            name="Playbook"
            all="All playbooks"
            choices={(data?.items ?? []).map(({ id, title }) => ({ value: id, label: title }))}
            value={search.playbook}
            width={200}
            onChoose={(playbook) => change({ playbook })}
          />
          <IntegrationFilter chosen={search.integration} onChoose={(integration) => change({ integration })} />
        </Group>
        <List search={search} />
      </Stack>
    </>
  );
}

function List({ search }: { readonly search: RunsSearch }) {
  const query = useInfiniteQuery(runsQuery(search));
  const { data, error, refetch } = query;
  const items = data?.pages.flatMap((page) => page.items);
  const isFiltered = Object.keys(search).length > 0;
  const failed = error !== null && <Failed error={error} retry={() => void refetch()} />;
  if (failed && data === undefined) return failed;
  if (items?.length === 0)
    return (
      <Empty icon={IconHistory} title={isFiltered ? 'Nothing like this' : 'No playbook has begun yet'}>
        {isFiltered
          ? 'Take a filter away to see more.'
          : 'A playbook that is switched on begins when its rules or checks find something; any can be begun from an incident or a finding.'}
      </Empty>
    );
  return (
    <>
      {failed}
      <SmallTable
        label="Runs of playbooks"
        heads={['Run', 'State', 'Begun by', 'Integration']}
        hasActions={false}
        narrow="cards"
      >
        {items?.map((run) => (
          <RunRow key={run.id} run={run} />
        ))}
      </SmallTable>
      <LoadMore list={query} label="Show older ones" />
    </>
  );
}

function RunRow({ run }: { readonly run: PlaybookRunView }) {
  const { id, playbook, subject, state, waitsFor, startedBy, startedAt, integration } = run;
  return (
    <Table.Tr>
      <Table.Td className={styles['entry']}>
        <AnchorLink to="/playbooks/runs/$id" params={{ id }} size="sm">
          {playbook.title}: {subject.name}
        </AnchorLink>
      </Table.Td>
      <Table.Td>
        <Look look={RUN_LOOKS[state]} />
        {waitsFor !== null && (
          <Text size="xs" c="dimmed">
            {WAITS_WORDS[waitsFor]}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        {startedBy.kind === 'playbook' ? 'Itself' : startedBy.name}
        <Text size="xs" c="dimmed">
          <Ago at={startedAt} />
        </Text>
      </Table.Td>
      <Table.Td>{integration.name}</Table.Td>
    </Table.Tr>
  );
}
