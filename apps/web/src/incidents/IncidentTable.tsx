import type { IncidentView } from '@castellan/api';
import { Table } from '@mantine/core';
import { Fragment } from 'react';
import { WORST_FIRST } from '../findings/severities.js';
import { SEVERITY_LOOKS } from '../findings/severity-looks.js';
import { Look } from '../states/Look.js';
import { SmallTable } from '../states/SmallTable.js';
import { IncidentRow, type IncidentRowProps } from './IncidentRow.js';
import styles from './incidents.module.css';

interface IncidentTableProps {
  readonly items: readonly IncidentView[];
  /** Below a heading for each severity, the worst first; otherwise as they come. */
  readonly isGrouped: boolean;
  readonly several: boolean;
  readonly rowOf: (incident: IncidentView) => Omit<IncidentRowProps, 'incident' | 'hasSeverity' | 'several'>;
}

export function IncidentTable({ items, isGrouped, several, rowOf }: IncidentTableProps) {
  const heads = ['Incident', ...(isGrouped ? [] : ['Severity']), 'Confidence', 'Findings', 'Last seen', 'Owner', 'Status'];
  const row = (incident: IncidentView) => (
    <IncidentRow key={incident.id} {...{ incident, several, hasSeverity: !isGrouped }} {...rowOf(incident)} />
  );
  return (
    <div data-queue>
      <SmallTable label="Incidents" heads={heads} minWidth={860} hasActions={false} narrow="lines">
        {isGrouped
          ? grouped(items).map(([severity, own]) => (
              <Fragment key={severity}>
                <Table.Tr className={styles['group']}>
                  <Table.Th colSpan={heads.length} scope="colgroup">
                    <Look look={{ ...SEVERITY_LOOKS[severity], word: `${SEVERITY_LOOKS[severity].word} · ${own.length}` }} />
                  </Table.Th>
                </Table.Tr>
                {own.map(row)}
              </Fragment>
            ))
          : items.map(row)}
      </SmallTable>
    </div>
  );
}

function grouped(items: readonly IncidentView[]) {
  return WORST_FIRST.map((severity) => [severity, items.filter((one) => one.severity === severity)] as const).filter(
    ([, own]) => own.length > 0,
  );
}

/** In the order on screen. */
export function shownOrder(items: readonly IncidentView[], isGrouped: boolean): readonly IncidentView[] {
  return isGrouped ? grouped(items).flatMap(([, own]) => own) : items;
}
