import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Look } from '../states/Look.js';
import type { StateLook } from '../states/state-look.js';
import styles from './playbooks.module.css';

interface FlowProps {
  /** What goes on in it, for who does not see it. */
  readonly label: string;
  readonly children: ReactNode;
}

/** Steps from above to below. */
export function Flow({ label, children }: FlowProps) {
  return (
    <ol className={styles['flow']} aria-label={label}>
      {children}
    </ol>
  );
}

interface FlowCardProps {
  /** On the line, beside the card: its number, or a sign. */
  readonly mark: ReactNode;
  readonly title: string;
  readonly look?: StateLook;
  /** It is where the run is. */
  readonly isNow?: boolean;
  /** Nothing was done in it. */
  readonly isFaint?: boolean;
  readonly children?: ReactNode;
}

export function FlowCard({ mark, title, look, isNow = false, isFaint = false, children }: FlowCardProps) {
  return (
    <li className={styles['node']} data-now={isNow} data-faint={isFaint} aria-current={isNow ? 'step' : undefined}>
      <span className={styles['mark']} aria-hidden>
        {mark}
      </span>
      <div className={styles['card']}>
        <div className={styles['head']}>
          <Text size="sm" fw={600} component="h3">
            {title}
          </Text>
          {look !== undefined && <Look look={look} />}
        </div>
        {children}
      </div>
    </li>
  );
}
