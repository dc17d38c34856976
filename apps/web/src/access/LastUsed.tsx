import type { AccessUsage, UsageCoverage } from '@castellan/api';
import { Text } from '@mantine/core';
import { Ago } from '../states/Ago.js';
import { coverageSentence, notUsedWords } from './usage-words.js';

interface LastUsedProps {
  readonly usage: AccessUsage | null;
  readonly coverage: UsageCoverage | null;
}

/** When it was used last, in a column; the sentence that says how far back is known stands once, above the list. */
export function LastUsed({ usage, coverage }: LastUsedProps) {
  if (usage !== null)
    return (
      <Text size="sm" component="span" title={`${usage.times.toLocaleString('en')} times`}>
        <Ago at={usage.lastAt} />
      </Text>
    );
  if (coverage === null)
    return (
      <Text size="sm" c="dimmed" component="span" title={coverageSentence(null)}>
        not known
      </Text>
    );
  return (
    <Text size="sm" c="var(--castellan-amber)" component="span" title={notUsedWords(coverage)}>
      Not used
    </Text>
  );
}
