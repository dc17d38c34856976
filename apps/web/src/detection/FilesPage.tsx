import type { RuleFileView } from '@castellan/api';
import { Button, Stack, Table, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCircleCheck, IconFileCode, IconPlayerPause, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../session/session.js';
import { AnchorLink, ButtonLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { Confirm } from '../states/Confirm.js';
import { Empty } from '../states/Empty.js';
import { Failed } from '../states/Failed.js';
import { Guarded } from '../states/Guarded.js';
import { Look } from '../states/Look.js';
import { PageTitle } from '../states/PageTitle.js';
import { SmallTable } from '../states/SmallTable.js';
import type { StateLook } from '../states/state-look.js';
import { ruleFilesQuery, useDeleteFile } from './detection-queries.js';
import { DetectionTabs } from './DetectionTabs.js';
import { countedFilters, countedRules, FILTER_MEANS } from './rule-words.js';
import { Loading } from '../states/Loading.js';
import styles from './detection.module.css';

const TITLE = 'Own rules';
const ON: StateLook = { icon: IconCircleCheck, word: 'In use', color: 'green' };
const OFF: StateLook = { icon: IconPlayerPause, word: 'Not in use', color: 'gray' };

export function FilesPage() {
  return (
    <Guarded title={TITLE} needs="findings:read">
      <Files />
    </Guarded>
  );
}

/** Files of rules and filters that were uploaded. */
function Files() {
  const { data, error, refetch } = useQuery(ruleFilesQuery);
  const mayManage = useMay('detection:manage');
  const add = mayManage && (
    <ButtonLink to="/detection/files/new" size="xs" leftSection={<IconPlus size={15} aria-hidden />}>
      New file
    </ButtonLink>
  );
  return (
    <>
      <PageTitle title={TITLE} actions={add} />
      <DetectionTabs chosen="/detection/files" />
      <Stack gap="sm">
        {error !== null && <Failed error={error} retry={() => void refetch()} />}
        {data === undefined && error === null && <Loading height={200} />}
        {data?.length === 0 && (
          <Empty icon={IconFileCode} title="No rules of your own yet" action={add}>
            Rules and filters are written in Sigma, and tried on the log that is stored before they are in use.
          </Empty>
        )}
        {data !== undefined && data.length > 0 && <FileTable files={data} mayManage={mayManage} />}
        {data?.some(({ filters }) => filters > 0) && (
          <Text size="xs" c="dimmed">
            {FILTER_MEANS}
          </Text>
        )}
      </Stack>
    </>
  );
}

interface FileTableProps {
  readonly files: readonly RuleFileView[];
  readonly mayManage: boolean;
}

function FileTable({ files, mayManage }: FileTableProps) {
  const [deleting, setDeleting] = useState<RuleFileView>();
  const remove = useDeleteFile(() => {
    notifications.show({ message: 'The file is deleted.' });
    setDeleting(undefined);
  });
  return (
    <>
      <SmallTable label="Files" heads={['File', 'Holds', 'State', 'Changed', '-Actions']} minWidth={680} narrow="lines">
        {files.map((file) => (
          <Table.Tr key={file.id}>
            <Table.Td className={styles['entry']}>
              <AnchorLink to="/detection/files/$file" params={{ file: file.id }} size="sm">
                {file.name}
              </AnchorLink>
            </Table.Td>
            <Table.Td>
              {countedRules(file.rules)}
              {file.filters > 0 && `, ${countedFilters(file.filters)}`}
              {file.problems.length > 0 && (
                <Text size="xs" c="var(--castellan-amber)">
                  {file.problems.length} {file.problems.length === 1 ? 'problem' : 'problems'}
                </Text>
              )}
            </Table.Td>
            <Table.Td>
              <Look look={file.enabled ? ON : OFF} />
            </Table.Td>
            <Table.Td>
              {file.changedBy}
              <Text size="xs" c="dimmed">
                <Ago at={file.changedAt} />
              </Text>
            </Table.Td>
            <Table.Td>
              {mayManage && (
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-label={`Delete ${file.name}`}
                  onClick={() => setDeleting(file)}
                >
                  Delete …
                </Button>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </SmallTable>
      <Confirm
        title={`Delete ${deleting?.name ?? 'the file'}`}
        opened={deleting !== undefined}
        onClose={() => setDeleting(undefined)}
        label="Delete"
        danger
        isPending={remove.isPending}
        error={remove.error}
        onConfirm={() => deleting !== undefined && remove.mutate(deleting.id)}
      >
        Its rules look at nothing any more, and its text is gone. What they have found stays.
      </Confirm>
    </>
  );
}
