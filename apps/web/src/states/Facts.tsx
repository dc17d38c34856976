import { Paper, Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './facts.module.css';

/** What is known of one thing. @param facts name and value; `undefined` while it is loaded */
export function Facts({ facts }: { readonly facts: readonly (readonly [name: string, value: ReactNode | undefined])[] }) {
  return (
    <Paper withBorder p="md" bg="var(--castellan-surface)">
      <dl className={styles['facts']}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value ?? <Skeleton height={18} width={180} />}</dd>
          </div>
        ))}
      </dl>
    </Paper>
  );
}
