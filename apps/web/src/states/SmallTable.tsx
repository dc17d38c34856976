import { Paper, Skeleton, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './small-table.module.css';
import { Wide } from './Wide.js';

interface SmallTableProps {
  /** What it lists, for who does not see it. */
  readonly label: string;
  /** Of each column; one that starts with `-` is read out only. */
  readonly heads: readonly string[];
  /** Rows; `undefined` while they are loaded. */
  readonly children: ReactNode | undefined;
  /** How many rows to keep room for. */
  readonly expected?: number;
  readonly minWidth?: number;
  /** Whether the last column holds what can be done with a row. */
  readonly hasActions?: boolean;
  /** It holds words, not a small button: on a card they stand below, not beside what the card is called. */
  readonly hasWideActions?: boolean;
  /** On a telephone: each row as a card, its heads above the values or (`lines`) beside them; or the table scrolls. */
  readonly narrow?: 'cards' | 'lines' | 'scroll';
}

/** Some dozens of rows. Where it scrolls inside its last column, what can be done, stays in sight. */
export function SmallTable(props: SmallTableProps) {
  const {
    label,
    heads,
    children,
    expected = 3,
    minWidth = 720,
    hasActions = true,
    hasWideActions = false,
    narrow = 'scroll',
  } = props;
  return (
    <Paper withBorder bg="var(--castellan-surface)" className={styles['frame']}>
      <Wide label={label}>
        <Table
          verticalSpacing="xs"
          horizontalSpacing="sm"
          style={{ '--small-table-width': `${minWidth}px`, ...(narrow !== 'scroll' && cardHeads(heads)) }}
          aria-label={label}
          className={styles['table']}
          data-actions={hasActions}
          data-wide-actions={hasWideActions}
          data-narrow={narrow === 'scroll' ? narrow : 'cards'}
          data-lines={narrow === 'lines'}
        >
          <Table.Thead>
            <Table.Tr>
              {heads.map((head) => (
                <Table.Th key={head}>
                  {head.startsWith('-') ? <span className={styles['spoken']}>{head.slice(1)}</span> : head}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>{children ?? <Placeholders rows={expected} columns={heads.length} />}</Table.Tbody>
        </Table>
      </Wide>
    </Paper>
  );
}

/**
 * What stands before each value of a card, for the style sheet. The first column is what a card is called, and says so itself;
 * what is only read out needs no words for the eye.
 */
export function cardHeads(heads: readonly string[]): Readonly<Record<`--head-${number}`, string>> {
  const said = heads.map((head, index) => [
    `--head-${index + 1}`,
    index === 0 || head.startsWith('-') ? '""' : JSON.stringify(head),
  ]);
  return Object.fromEntries(said);
}

function Placeholders({ rows, columns }: { readonly rows: number; readonly columns: number }) {
  return Array.from({ length: rows }, (_row, row) => (
    <Table.Tr key={row} aria-hidden>
      {Array.from({ length: columns }, (_cell, column) => (
        <Table.Td key={column}>
          <Skeleton height={18} width={column === columns - 1 ? 28 : '70%'} />
        </Table.Td>
      ))}
    </Table.Tr>
  ));
}
