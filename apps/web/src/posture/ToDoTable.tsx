import type { CheckToDo } from '@castellan/api';
import { Table, Text } from '@mantine/core';
import { SEVERITY_LOOKS } from '../findings/severity-looks.js';
import { AnchorLink } from '../shell/links.js';
import { Look } from '../states/Look.js';
import { SmallTable } from '../states/SmallTable.js';
import { AREAS, effortWords, gainWords } from './posture-words.js';
import styles from './posture.module.css';

interface ToDoTableProps {
  readonly label: string;
  readonly toDo: readonly CheckToDo[];
  readonly integration: string | undefined;
  /** What they are ordered by. */
  readonly shows: 'severity' | 'gain';
}

/** Checks that are worth to be worked on. */
export function ToDoTable({ label, toDo, integration, shows }: ToDoTableProps) {
  if (toDo.length === 0) return <Text size="sm">No check names anybody or anything that is not excepted.</Text>;
  return (
    <SmallTable
      label={label}
      heads={shows === 'gain' ? ['Check', 'Gain', 'Work'] : ['Check', 'Worst finding', 'Affected']}
      minWidth={380}
      hasActions={false}
      narrow="lines"
    >
      {toDo.map(({ check, title, area, severity, open, examined, effort, gain }) => (
        <Table.Tr key={check}>
          <Table.Td>
            <AnchorLink
              to="/posture/checks/$check"
              params={{ check }}
              search={integration === undefined ? {} : { integration }}
              size="sm"
              display="block"
            >
              {title}
            </AnchorLink>
            <Text size="xs" c="dimmed">
              {AREAS[area]}
            </Text>
          </Table.Td>
          <Table.Td className={styles['nowrap']}>
            {shows === 'gain' ? gainWords(gain) : <Look look={SEVERITY_LOOKS[severity]} />}
          </Table.Td>
          <Table.Td className={styles['nowrap']}>
            {shows === 'gain' ? effortWords({ effort, open }) : shareWords(open, examined)}
          </Table.Td>
        </Table.Tr>
      ))}
    </SmallTable>
  );
}

function shareWords(open: number, examined: number): string {
  return examined > 1 ? `${open.toLocaleString('en')} of ${examined.toLocaleString('en')}` : open.toLocaleString('en');
}
