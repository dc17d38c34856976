import type { ActionBatchView } from '@castellan/api';
import { Stack, Text } from '@mantine/core';
import { AnchorLink } from '../shell/links.js';
import { Ago } from '../states/Ago.js';
import { Look } from '../states/Look.js';
import { BATCH_LOOKS } from './action-words.js';
import { BatchObjects } from './BatchObjects.js';
import { BatchDecisions } from './BatchDecisions.js';
import styles from './actions.module.css';

interface BatchListProps {
  readonly batches: readonly ActionBatchView[];
  readonly label: string;
}

export function BatchList({ batches, label }: BatchListProps) {
  return (
    <Stack gap={0}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <ul className={styles['rows']} aria-label={label}>
        {batches.map((batch) => (
          <li key={batch.id} className={styles['row']}>
            <div>
              <AnchorLink to="/actions/batches/$id" params={{ id: batch.id }} size="sm">
                {batch.title}: {batch.size.toLocaleString('en')} objects
              </AnchorLink>
              <Text size="xs" c="dimmed">
                {batch.requestedBy.name} · <Ago at={batch.createdAt} />
              </Text>
              <BatchObjects batch={batch} />
              <Look look={BATCH_LOOKS[batch.state]} />
            </div>
            <BatchDecisions batch={batch} />
          </li>
        ))}
      </ul>
    </Stack>
  );
}
