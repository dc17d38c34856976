import type { RecordTableView } from '@castellan/api';
import { Anchor, Paper, Table, Text } from '@mantine/core';
import { IconDatabase } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Empty } from '../states/Empty.js';
import { Failed } from '../states/Failed.js';
import { PageTitle } from '../states/PageTitle.js';
import { ALL_KINDS, kindOf } from './kinds.js';
import { tablesQuery } from './record-queries.js';
import { useIsRead } from './use-is-read.js';
import { Loading } from '../states/Loading.js';
import styles from './records.module.css';

/** All that was collected, by kind: the way to those that have no entry of their own. */
export function KindsPage() {
  const { data, error, refetch } = useQuery(tablesQuery);
  const isEmpty = data?.every(({ present, removed }) => present + removed === 0) === true;
  return (
    <>
      <PageTitle title="All data" />
      {error !== null && <Failed error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Loading height={420} />}
      {isEmpty && (
        <Empty
          icon={IconDatabase}
          title="Nothing was collected yet"
          action={
            <Anchor component={Link} to="/integrations" size="sm">
              See the integrations
            </Anchor>
          }
        >
          What an integration reads is here a moment later.
        </Empty>
      )}
      {data !== undefined && !isEmpty && <Kinds tables={data} />}
    </>
  );
}

function Kinds({ tables }: { readonly tables: readonly RecordTableView[] }) {
  const isRead = useIsRead();
  const byKind = new Map(tables.map((table) => [table.kind, table]));
  return (
    <Paper withBorder bg="var(--castellan-surface)" maw={640}>
      <Table verticalSpacing={7} horizontalSpacing="md" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>What</Table.Th>
            <Table.Th ta="right">There now</Table.Th>
            <Table.Th ta="right">Former</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {ALL_KINDS.map((kind) => (
            <Table.Tr key={kind}>
              <Table.Td>
                <Link to="/records/$kind" params={{ kind }} className={styles['kind']}>
                  {kindOf(kind).many}
                </Link>
              </Table.Td>
              <Table.Td ta="right">
                {byKind.get(kind)?.present === 0 && !isRead(kind) ? <NotRead /> : number(byKind.get(kind)?.present)}
              </Table.Td>
              <Table.Td ta="right">{kind === 'activity' ? '–' : number(byKind.get(kind)?.removed)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

/** Nobody has looked: that is not none. */
function NotRead() {
  return (
    <Text size="sm" c="dimmed" component="span">
      not read
    </Text>
  );
}

function number(count = 0): string {
  return count.toLocaleString('en');
}
