import type { NamedSuppressionView } from '@castellan/api';
import { Button, Stack, Table, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBellOff, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay } from '../session/session.js';
import { AnchorLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { Confirm } from '../states/Confirm.js';
import { Empty } from '../states/Empty.js';
import { Failed } from '../states/Failed.js';
import { Guarded } from '../states/Guarded.js';
import { PageTitle } from '../states/PageTitle.js';
import { SmallTable } from '../states/SmallTable.js';
import { lastDayWords } from '../states/time-words.js';
import { suppressionsQuery, useEndSuppression } from './detection-queries.js';
import { DetectionTabs } from './DetectionTabs.js';
import { SuppressDialog } from './SuppressDialog.js';
import { readSuppressionsSearch } from './suppressions-search.js';
import { Loading } from '../states/Loading.js';
import styles from './detection.module.css';

const TITLE = 'Suppressions';
const route = getRouteApi('/signed-in/detection/suppressions');

export function SuppressionsPage() {
  return (
    <Guarded title={TITLE} needs="findings:read">
      <Suppressions />
    </Guarded>
  );
}

/** What nobody wants to be told of until a date. */
function Suppressions() {
  const search = readSuppressionsSearch(route.useSearch());
  const { data, error, refetch } = useQuery(suppressionsQuery);
  const navigate = useNavigate();
  const mayManage = useMay('findings:manage');
  const open = (isOpen: boolean): void =>
    void navigate({ to: '/detection/suppressions', search: isOpen ? { dialog: 'new' } : {}, replace: !isOpen });
  return (
    <>
      <PageTitle
        title={TITLE}
        actions={
          mayManage && (
            <Button size="xs" leftSection={<IconPlus size={15} aria-hidden />} onClick={() => open(true)}>
              Suppress …
            </Button>
          )
        }
      />
      <DetectionTabs chosen="/detection/suppressions" />
      <Stack gap="sm">
        <Text size="sm" c="dimmed" maw={760}>
          What is found while a suppression lasts is kept, but excepted from its beginning: it makes no incident, and nobody is
          told.
        </Text>
        {error !== null && <Failed error={error} retry={() => void refetch()} />}
        {data === undefined && error === null && <Loading height={200} />}
        {data?.length === 0 && (
          <Empty icon={IconBellOff} title="Nothing is suppressed">
            Where a rule is right but nobody wants to hear of it for a while, suppress it: a penetration test, or a migration.
          </Empty>
        )}
        {data !== undefined && data.length > 0 && <SuppressionTable items={data} mayManage={mayManage} />}
      </Stack>
      {mayManage && <SuppressDialog search={search} onClose={() => open(false)} />}
    </>
  );
}

interface SuppressionTableProps {
  readonly items: readonly NamedSuppressionView[];
  readonly mayManage: boolean;
}

function SuppressionTable({ items, mayManage }: SuppressionTableProps) {
  const [ending, setEnding] = useState<NamedSuppressionView>();
  const end = useEndSuppression(() => {
    notifications.show({ message: 'The suppression has ended.' });
    setEnding(undefined);
  });
  return (
    <>
      <SmallTable
        label="Suppressions"
        heads={['Rule', 'Of whom', 'Until', 'Reason', 'Made', '-Actions']}
        minWidth={820}
        narrow="lines"
      >
        {items.map((one) => (
          <Table.Tr key={one.id}>
            <Table.Td className={styles['entry']}>
              {one.rule === null ? (
                'Any rule'
              ) : (
                <AnchorLink to="/detection/rules/$rule" params={{ rule: one.rule.id }} size="sm">
                  {one.rule.title}
                </AnchorLink>
              )}
            </Table.Td>
            <Table.Td className={styles['match']}>
              {nameOf(one)}
              {one.subjectName !== null && (
                <Text size="xs" c="dimmed">
                  {one.subject}
                </Text>
              )}
            </Table.Td>
            <Table.Td className={styles['nowrap']}>{lastDayWords(Date.parse(one.until))}</Table.Td>
            <Table.Td maw={280}>{one.reason}</Table.Td>
            <Table.Td>
              {one.madeBy}
              <Text size="xs" c="dimmed">
                <Ago at={one.madeAt} />
              </Text>
            </Table.Td>
            <Table.Td>
              {mayManage && (
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-label={`End: ${one.rule?.title ?? 'any rule'}, ${nameOf(one)}`}
                  onClick={() => setEnding(one)}
                >
                  End …
                </Button>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </SmallTable>
      <Confirm
        title="End the suppression"
        opened={ending !== undefined}
        onClose={() => setEnding(undefined)}
        label="End it"
        isPending={end.isPending}
        error={end.error}
        onConfirm={() => ending !== undefined && end.mutate(ending.id)}
      >
        From the next event on {ending?.rule?.title ?? 'every rule'} is told again of{' '}
        {ending === undefined ? 'anybody' : nameOf(ending)}. What was excepted by this suppression is open again, unless another
        one fits it or its incident was closed.
      </Confirm>
    </>
  );
}

function nameOf({ subject, subjectName }: NamedSuppressionView): string {
  return subjectName ?? subject ?? 'anybody';
}
