import type { PathStepKind, StepFix } from '@castellan/api';
import { Text } from '@mantine/core';
import styles from './attack-paths.module.css';

interface HowToCloseProps {
  readonly kind: PathStepKind;
  readonly fixes: readonly StepFix[];
  /** Of a way of many steps each is folded, or nobody sees the way. */
  readonly isFolded?: boolean;
}

/** What to take away or narrow so that a step is gone, and where. */
export function HowToClose({ kind, fixes, isFolded = false }: HowToCloseProps) {
  const found = fixes.find((one) => one.kind === kind);
  if (found === undefined) return null;
  const words = (
    <>
      <Text size="sm">{found.fix}</Text>
      {found.console.map((place) => (
        <Text key={place} size="xs" c="dimmed">
          {place}
        </Text>
      ))}
    </>
  );
  if (!isFolded) return words;
  return (
    <details className={styles['close']}>
      <summary>How to close it</summary>
      {words}
    </details>
  );
}
