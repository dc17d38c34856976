import { Alert, Button, Group, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { dateWords, exactTime } from '../states/time-words.js';
import type { EntityPart } from './entity-parts.js';
import type { Entity } from './use-entity.js';
import { isWholeDay } from './whole-day.js';

interface AsOfBannerProps {
  readonly entity: Entity;
  /** What is shown of the page. */
  readonly part: EntityPart | undefined;
}

/** Events and what they add up to have their own times. */
const OF_THE_PAST: readonly string[] = ['list', 'changes', 'graph'];

/** That what is shown is not what is so now. */
export function AsOfBanner({ entity: { search, change }, part }: AsOfBannerProps) {
  const { at } = search;
  if (at === undefined) return null;
  const time = Date.parse(at) - 1;
  return (
    <Alert color="orange" icon={<IconHistory size={18} />} mb="md" py="xs" role="status">
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={550}>
          As of{' '}
          <time dateTime={at} title={exactTime(time)}>
            {isWholeDay(at) ? dateWords(time) : exactTime(Date.parse(at))}
          </time>
          {part !== undefined &&
            !OF_THE_PAST.includes(part.content.form) &&
            ': not of this part, which shows what is known now'}
        </Text>
        <Button size="compact-xs" variant="default" onClick={() => change({ at: undefined })}>
          Back to now
        </Button>
      </Group>
    </Alert>
  );
}
