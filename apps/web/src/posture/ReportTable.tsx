import type { ReactNode } from 'react';
import styles from './report.module.css';

interface ReportTableProps {
  readonly label: string;
  readonly heads: readonly string[];
  /** On a telephone the cells of a row stand below its head: sentences have no room beside each other. */
  readonly isStacked?: boolean;
  /** A column that a telephone has no room for. */
  readonly trend?: string;
  /** Rows. */
  readonly children: ReactNode;
}

/** A table as it is on paper: without links, and nothing to press. */
export function ReportTable({ label, heads, isStacked = false, trend, children }: ReportTableProps) {
  return (
    <table className={isStacked ? `${styles['table']} ${styles['checks']}` : styles['table']} aria-label={label}>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col" className={head === trend ? styles['trend'] : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
