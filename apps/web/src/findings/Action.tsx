import { Button } from '@mantine/core';
import type { TablerIcon } from '@tabler/icons-react';
import { type ChangeTarget, tooManyWords } from './findings-queries.js';

interface ActionProps {
  readonly label: string;
  readonly icon: TablerIcon;
  /** What it would change. */
  readonly target: ChangeTarget;
  readonly onPress: () => void;
}

/** Something that can be done with findings; where it would change nothing, or be refused, it cannot be pressed. */
export function Action({ label, icon: Icon, target, onPress }: ActionProps) {
  const isNamed = 'ids' in target.which;
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<Icon size={14} aria-hidden />}
      // What all that match are too many for is said in the dialog, with the way out.
      disabled={target.count === 0 || (isNamed && tooManyWords(target) !== undefined)}
      onClick={onPress}
    >
      {label}
    </Button>
  );
}
