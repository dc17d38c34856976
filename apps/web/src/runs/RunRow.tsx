import type { RunView } from '@castellan/api';
import { ActionIcon, Group, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useId } from 'react';
import { useMay } from '../session/session.js';
import { Ago } from '../states/Ago.js';
import { Look } from '../states/Look.js';
import { useNow } from '../states/now.js';
import { exactTime, spanWords } from '../states/time-words.js';
import { CancelRun } from './CancelRun.js';
import { Changes } from './Changes.js';
import { RunDetail } from './RunDetail.js';
import { RUN_LOOKS } from './run-looks.js';
import { CAUSE_WORDS, isUnderWay, MODE_WORDS, secondsOf, warningsOf } from './run-words.js';

export function RunRow({ run }: { readonly run: RunView }) {
  const mayManage = useMay('integrations:manage');
  const [isOpen, { toggle }] = useDisclosure(false);
  const detail = useId();
  const began = run.startedAt ?? run.createdAt;
  const warnings = warningsOf(run.counts);
  return (
    <>
      <Table.Tr>
        <Table.Td>
          <Look look={RUN_LOOKS[run.state]} />
        </Table.Td>
        <Table.Td>
          <Ago at={began} />
        </Table.Td>
        <Table.Td>
          {CAUSE_WORDS[run.cause]}
          <Text size="xs" c="dimmed">
            {MODE_WORDS[run.mode]}
          </Text>
        </Table.Td>
        <Table.Td>
          <Took run={run} />
        </Table.Td>
        <Table.Td>
          <Changes counts={run.counts} />
        </Table.Td>
        <Table.Td>
          <Text size="sm" c={warnings.length > 0 ? 'var(--castellan-amber)' : 'dimmed'}>
            {warnings.join(', ') || '–'}
          </Text>
        </Table.Td>
        <Table.Td>
          <Group gap="xs" wrap="nowrap">
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-expanded={isOpen}
              aria-controls={detail}
              aria-label={`Details of the run of ${exactTime(Date.parse(began))}`}
              onClick={toggle}
            >
              {isOpen ? <IconChevronDown size={16} /> : <IconChevronRight size={16} />}
            </ActionIcon>
            {mayManage && isUnderWay(run) && <CancelRun run={run} />}
          </Group>
        </Table.Td>
      </Table.Tr>
      <Table.Tr id={detail} hidden={!isOpen}>
        {isOpen && (
          <Table.Td colSpan={7} bg="var(--mantine-color-body)">
            <RunDetail run={run} />
          </Table.Td>
        )}
      </Table.Tr>
    </>
  );
}

function Took({ run }: { readonly run: RunView }) {
  const seconds = secondsOf(run, useNow());
  if (seconds === null) return '–';
  return `${spanWords(seconds)}${run.finishedAt === null ? ' so far' : ''}`;
}
