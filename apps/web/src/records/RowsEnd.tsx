import { Button, Group, Text } from '@mantine/core';
import { Ago } from '../states/Ago.js';
import type { RowSource } from './row-source.js';
import styles from './records.module.css';

/** Below a table that has more than it shows. */
export function RowsEnd({ source: { further, count, total } }: { readonly source: RowSource }) {
  if (further !== null)
    return (
      <Group className={styles['end']} justify="space-between">
        <Text size="sm">
          Looked at everything since <Ago at={further.searchedTo} />, and nothing more was found.
        </Text>
        <Button size="compact-sm" variant="default" loading={further.isAsking} onClick={further.ask}>
          Look further back
        </Button>
      </Group>
    );
  if (total === null || total <= count) return null;
  return (
    <Text size="sm" className={styles['end']}>
      The first {count.toLocaleString('en')} are here. Search, filter or sort for the others, or export them.
    </Text>
  );
}
