import type { FindingDetail } from '@castellan/api';
import { Text } from '@mantine/core';
import { Ago } from '../states/Ago.js';
import { eventWords } from './finding-words.js';
import styles from './findings.module.css';

/** What became of a finding, newest first. */
export function FindingHistory({ finding: { history, firstSeenAt } }: { readonly finding: FindingDetail }) {
  return (
    <ul className={styles['history']} aria-label="History">
      {history.map((event) => (
        <li key={event.id}>
          <Text size="sm" className={styles['said']}>
            {eventWords(event)}
          </Text>
          <Text size="xs" c="dimmed">
            {event.by ?? 'By a look at the organisation'} · <Ago at={event.at} />
          </Text>
        </li>
      ))}
      <li>
        <Text size="sm">Seen for the first time.</Text>
        <Text size="xs" c="dimmed">
          By a look at the organisation · <Ago at={firstSeenAt} />
        </Text>
      </li>
    </ul>
  );
}
