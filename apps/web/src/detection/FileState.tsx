import type { RuleFileDetail } from '@castellan/api';
import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconPlayerPause } from '@tabler/icons-react';
import { savedWords } from './rule-words.js';

interface FileStateProps {
  /** As it is stored. */
  readonly file: RuleFileDetail;
  /** What is written beside it is not saved. */
  readonly isChanged: boolean;
  readonly isPending: boolean;
  /** Saves whether it is in use, and nothing else; `undefined`: whoever looks may not. */
  readonly onSwitchOn: (() => void) | undefined;
}

/** What has become of what was saved: how much of it works, and whether it looks at anything. */
export function FileState({ file, isChanged, isPending, onSwitchOn }: FileStateProps) {
  const { enabled, rules, filters, problems } = file;
  const isIdle = rules === 0 && filters === 0;
  const isWell = enabled && problems.length === 0 && !isIdle;
  const looks = isWell
    ? (['green', IconCircleCheck] as const)
    : enabled
      ? (['orange', IconAlertTriangle] as const)
      : (['gray', IconPlayerPause] as const);
  const [color, Icon] = looks;
  return (
    <Alert variant="light" color={color} icon={<Icon size={18} aria-hidden />} p="xs">
      <Group gap="sm" justify="space-between">
        <Text size="sm" role="status">
          {isChanged ? 'As it was saved: ' : 'Saved. '}
          {savedWords(file)}
        </Text>
        {!enabled && !isIdle && onSwitchOn !== undefined && (
          <Button size="compact-sm" loading={isPending} onClick={onSwitchOn}>
            Switch it on
          </Button>
        )}
      </Group>
    </Alert>
  );
}
