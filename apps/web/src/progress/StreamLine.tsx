import type { StreamProgress } from '@castellan/api';
import { Text, VisuallyHidden } from '@mantine/core';
import { STREAM_LOOKS } from '../integrations/stream-looks.js';
import { streamTitle } from '../integrations/stream-words.js';
import { ProgressBar } from './ProgressBar.js';
import { rowsOf } from './progress-words.js';
import styles from './stream-line.module.css';

export function StreamLine({ stream }: { readonly stream: StreamProgress }) {
  const { name, state, rows, total, perSecond } = stream;
  const { icon: Icon, word, color } = STREAM_LOOKS[state];
  const share = total === null || total === 0 ? null : Math.min(1, rows / total);
  const title = streamTitle(name);
  return (
    <div className={styles['line']}>
      <Icon size={16} aria-hidden color={`var(--mantine-color-${color}-6)`} />
      <span>
        {title} <VisuallyHidden>{word}</VisuallyHidden>
      </span>
      <div className={styles['bar']}>{state === 'reading' && <ProgressBar size="xs" label={title} share={share} />}</div>
      <Text component="span" size="sm" className={styles['rows']} {...(state === 'pending' && { c: 'dimmed' })}>
        {state === 'pending' ? 'waits its turn' : rowsOf(stream)}
        {perSecond !== null && perSecond >= 1 && (
          <Text component="span" size="sm" c="dimmed">
            {' '}
            · {Math.round(perSecond)}/s
          </Text>
        )}
      </Text>
    </div>
  );
}
