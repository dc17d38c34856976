import { DETECTION_LISTS, type DetectionListKind, type DetectionListView } from '@castellan/api';
import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../session/session.js';
import { Ago } from '../states/Ago.js';
import { Confirm } from '../states/Confirm.js';
import { Failed } from '../states/Failed.js';
import { Guarded } from '../states/Guarded.js';
import { PageTitle } from '../states/PageTitle.js';
import { Panel } from '../states/Panel.js';
import { SmallTable } from '../states/SmallTable.js';
import { listsQuery, useDeleteList } from './detection-queries.js';
import { DetectionTabs } from './DetectionTabs.js';
import { ListDialog, type ListEdited } from './ListDialog.js';
import { countedEntries, LIST_WORDS } from './list-words.js';
import { Loading } from '../states/Loading.js';
import styles from './detection.module.css';

const TITLE = 'Lists';

export function ListsPage() {
  return (
    <Guarded title={TITLE} needs="findings:read">
      <Lists />
    </Guarded>
  );
}

/** What rules ask of addresses and accounts, and only the workspace knows. */
function Lists() {
  const { data, error, refetch } = useQuery(listsQuery);
  const [edited, setEdited] = useState<ListEdited>();
  const [deleting, setDeleting] = useState<DetectionListView>();
  const remove = useDeleteList(() => {
    notifications.show({ message: 'The list is deleted.' });
    setDeleting(undefined);
  });
  return (
    <>
      <PageTitle title={TITLE} />
      <DetectionTabs chosen="/detection/lists" />
      <Stack gap="md">
        {error !== null && <Failed error={error} retry={() => void refetch()} />}
        {data === undefined && error === null && <Loading height={360} />}
        {data !== undefined &&
          DETECTION_LISTS.map((kind) => (
            <OfKind
              key={kind}
              kind={kind}
              lists={data.filter((list) => list.kind === kind)}
              onEdit={(list) => setEdited({ kind, list })}
              onDelete={setDeleting}
            />
          ))}
      </Stack>
      <ListDialog edited={edited} onClose={() => setEdited(undefined)} />
      <Confirm
        title={`Delete ${deleting?.name ?? 'the list'}`}
        opened={deleting !== undefined}
        onClose={() => setDeleting(undefined)}
        label="Delete"
        danger
        isPending={remove.isPending}
        error={remove.error}
        onConfirm={() => deleting !== undefined && remove.mutate(deleting)}
      >
        Rules that ask for what is in it find nothing there from the next event on.
      </Confirm>
    </>
  );
}

interface OfKindProps {
  readonly kind: DetectionListKind;
  readonly lists: readonly DetectionListView[];
  readonly onEdit: (list: DetectionListView | undefined) => void;
  readonly onDelete: (list: DetectionListView) => void;
}

function OfKind({ kind, lists, onEdit, onDelete }: OfKindProps) {
  const mayManage = useMay('detection:manage');
  const { title, about } = LIST_WORDS[kind];
  return (
    <Panel
      title={title}
      aside={
        mayManage && (
          <Button size="compact-sm" variant="default" aria-label={`Add: ${title}`} onClick={() => onEdit(undefined)}>
            Add …
          </Button>
        )
      }
    >
      <Text size="sm" c="dimmed">
        {about}
      </Text>
      {lists.length === 0 ? (
        <Text size="sm">There is none yet.</Text>
      ) : (
        <SmallTable label={title} heads={['Name', 'Holds', 'Changed', '-Actions']} minWidth={520} narrow="lines">
          {lists.map((list) => (
            <Table.Tr key={list.name}>
              <Table.Td className={styles['match']}>{list.name}</Table.Td>
              <Table.Td>{countedEntries(list.entries.length)}</Table.Td>
              <Table.Td>
                {list.changedBy}
                <Text size="xs" c="dimmed">
                  <Ago at={list.changedAt} />
                </Text>
              </Table.Td>
              <Table.Td>
                <Group gap={4} justify="flex-end" wrap="nowrap">
                  <Button
                    size="compact-xs"
                    variant="default"
                    aria-label={`${mayManage ? 'Edit' : 'See'} ${list.name}`}
                    onClick={() => onEdit(list)}
                  >
                    {mayManage ? 'Edit' : 'See'}
                  </Button>
                  {mayManage && (
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-label={`Delete ${list.name}`}
                      onClick={() => onDelete(list)}
                    >
                      Delete …
                    </Button>
                  )}
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </SmallTable>
      )}
    </Panel>
  );
}
