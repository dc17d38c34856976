import type { OfferedAction } from '@castellan/api';
import { Button, Text } from '@mantine/core';
import { useMay } from '../session/session.js';
import { needsWords, riskWords } from './action-words.js';
import { Lacking } from './NotGranted.js';
import styles from './actions.module.css';

interface ActionRowProps {
  readonly action: OfferedAction;
  readonly onPress: () => void;
}

/** What it is, what becomes of it, what can go wrong, and what it takes. */
export function ActionRow({ action, onPress }: ActionRowProps) {
  const mayAsk = useMay('actions:request');
  const { title, summary } = action;
  return (
    <li className={styles['row']}>
      <div>
        <Text size="sm" fw={550}>
          {title}
        </Text>
        <Text size="sm">{summary}</Text>
        <Lacking action={action} />
        <Text size="xs" c="dimmed">
          {riskWords(action)} {action.isOffered ? `${needsWords(action)}.` : 'By hand: not switched on here.'}
        </Text>
      </div>
      {mayAsk && (
        <Button size="compact-sm" variant="default" aria-label={`Preview …: ${title}`} onClick={onPress}>
          Preview …
        </Button>
      )}
    </li>
  );
}
