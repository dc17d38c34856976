import { Button, Group, Text } from '@mantine/core';
import { countedFindings } from './finding-words.js';
import { type Matching, matchingTarget } from './matching.js';

interface WholeChoiceProps {
  readonly matching: Matching;
  /** Whether all that match are selected, not only those that are shown. */
  readonly isWhole: boolean;
  readonly shown: number;
  readonly onChoose: (isWhole: boolean) => void;
}

/** From those that are shown to all that match, and back. */
export function WholeChoice({ matching, isWhole, shown, onChoose }: WholeChoiceProps) {
  const { count } = matchingTarget(matching);
  const that = matching.search.status === 'all' ? 'that match and are not resolved' : 'that match';
  return (
    <Group gap={6}>
      {isWhole && (
        <Text size="sm" role="status">
          All {countedFindings(count)} {that} are selected.
        </Text>
      )}
      <Button size="compact-sm" variant="subtle" onClick={() => onChoose(!isWhole)}>
        {isWhole ? `Select only the ${shown.toLocaleString('en')} shown` : `Select all ${count.toLocaleString('en')} ${that}`}
      </Button>
    </Group>
  );
}
