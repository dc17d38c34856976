import type { RuleProblemView } from '@castellan/api';
import { Button, Text } from '@mantine/core';
import styles from './detection.module.css';

interface ProblemLinesProps {
  readonly problems: readonly RuleProblemView[];
  /** Whether what they are about is used all the same. */
  readonly areNotes?: boolean;
  readonly onJump: (line: number) => void;
}

/** What cannot be used, or is odd, each with the way to its line. */
export function ProblemLines({ problems, areNotes = false, onJump }: ProblemLinesProps) {
  if (problems.length === 0) return null;
  return (
    <ul className={styles['problems']} aria-label={areNotes ? 'Notes' : 'Problems'}>
      {problems.map(({ line, message }) => (
        <li key={`${line} ${message}`}>
          <Button size="compact-xs" variant="light" color={areNotes ? 'gray' : 'red'} mr={8} onClick={() => onJump(line)}>
            Line {line}
          </Button>
          <Text size="sm" component="span">
            {message}
          </Text>
        </li>
      ))}
    </ul>
  );
}
