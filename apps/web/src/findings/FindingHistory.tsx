import type { FindingDetail } from '@castellan/api';
import { Text } from '@mantine/core';
import { Ago } from '../states/Ago.js';
import { byItselfWords, eventWords } from './finding-words.js';
import styles from './findings.module.css';

/** What became of a finding, newest first. */
export function FindingHistory({ finding: { source, history, firstSeenAt } }: { readonly finding: FindingDetail }) {
  return (
    <ul className={styles['history']} aria-label="History">
      {history.map((event) => (
        <li key={event.id}>
          <Text size="sm" className={styles['said']}>
            {eventWords(event, source)}
          </Text>
          <Text size="xs" c="dimmed">
            {event.by ?? byItselfWords(source)} · <Ago at={event.at} />
          </Text>
        </li>
      ))}
      <li>
        <Text size="sm">{source === 'detection' ? 'Found.' : 'Seen for the first time.'}</Text>
        <Text size="xs" c="dimmed">
          {byItselfWords(source)} · <Ago at={firstSeenAt} />
        </Text>
      </li>
    </ul>
  );
}
