import type { PlaybookSummary } from '@castellan/api';
import { Stack, Table, Text } from '@mantine/core';
import { IconBook2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { AnchorLink } from '../shell/links.js';
import { Empty } from '../states/Empty.js';
import { Failed } from '../states/Failed.js';
import { Guarded } from '../states/Guarded.js';
import { Look } from '../states/Look.js';
import { PageTitle } from '../states/PageTitle.js';
import { SmallTable } from '../states/SmallTable.js';
import { playbooksQuery } from './playbook-queries.js';
import { runsWords, settingLook } from './playbook-words.js';
import { PlaybookTabs } from './PlaybookTabs.js';
import { WaitingRuns } from './WaitingRuns.js';
import styles from './playbooks.module.css';

const TITLE = 'Playbooks';

export function PlaybooksPage() {
  return (
    <Guarded title={TITLE} needs="actions:read">
      <PageTitle title={TITLE} />
      <PlaybookTabs chosen="/playbooks" />
      <Stack gap="md">
        <WaitingRuns />
        <Playbooks />
      </Stack>
    </Guarded>
  );
}

function Playbooks() {
  const { data, error, refetch } = useQuery(playbooksQuery);
  if (data === undefined && error !== null) return <Failed error={error} retry={() => void refetch()} />;
  if (data?.items.length === 0)
    return (
      <Empty icon={IconBook2} title="No playbooks">
        This release of Castellan comes without any.
      </Empty>
    );
  return (
    <SmallTable label="Playbooks" heads={['Playbook', 'State', 'Runs']} expected={7} hasActions={false} narrow="cards">
      {data?.items.map((playbook) => (
        <PlaybookRow key={playbook.id} playbook={playbook} />
      ))}
    </SmallTable>
  );
}

function PlaybookRow({ playbook: { id, title, summary, setting, runs } }: { readonly playbook: PlaybookSummary }) {
  return (
    <Table.Tr>
      <Table.Td className={styles['entry']}>
        <AnchorLink to="/playbooks/$id" params={{ id }} size="sm" fw={550} display="block">
          {title}
        </AnchorLink>
        <Text size="xs" c="dimmed">
          {summary}
        </Text>
      </Table.Td>
      <Table.Td className={styles['state']}>
        <Look look={settingLook(setting)} />
      </Table.Td>
      <Table.Td className={styles['runs']}>
        <AnchorLink
          to="/playbooks/runs"
          search={{ playbook: id }}
          size="sm"
          aria-label={`${runsWords(runs)}: runs of ${title}`}
        >
          {runsWords(runs)}
        </AnchorLink>
      </Table.Td>
    </Table.Tr>
  );
}
