import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './charts.module.css';

export interface Bar {
  readonly id: string;
  /** A link to the list behind it. */
  readonly name: ReactNode;
  readonly count: number;
  readonly color?: 'green' | 'gray' | 'blue' | 'yellow' | 'orange' | 'red' | undefined;
}

interface BarTableProps {
  readonly label: string;
  /** Of the two columns that are read out. */
  readonly heads: readonly [name: string, count: string];
  readonly bars: readonly Bar[];
  /** What a full bar stands for; the greatest count otherwise. */
  readonly of?: number;
}

/** A table whose numbers are drawn as well: who does not see the bars has the same of it. */
export function BarTable({ label, heads, bars, of }: BarTableProps) {
  const most = Math.max(1, of ?? 0, ...bars.map(({ count }) => count));
  return (
    <Table aria-label={label} className={styles['bars']} withRowBorders={false} verticalSpacing={3} horizontalSpacing={6}>
      <Table.Thead className={styles['spoken']}>
        <Table.Tr>
          <Table.Th>{heads[0]}</Table.Th>
          <Table.Th>{heads[1]}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {bars.map(({ id, name, count, color = 'blue' }) => (
          <Table.Tr key={id}>
            <Table.Td className={styles['of']}>
              {name}
              <svg viewBox="0 0 100 6" preserveAspectRatio="none" className={styles['bar']} aria-hidden>
                <rect className={styles['track']} width={100} height={6} />
                <rect data-color={color} width={(count / most) * 100} height={6} />
              </svg>
            </Table.Td>
            <Table.Td className={styles['number']}>{count.toLocaleString('en')}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
