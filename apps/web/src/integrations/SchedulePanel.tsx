import type { IntegrationDetail } from '@castellan/api';
import { Button, Group, NumberInput, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { Failed } from '../states/Failed.js';
import { Panel } from '../states/Panel.js';
import { refused } from '../states/refused.js';
import { useEdit } from './integration-edit.js';
import { scheduleOf, type ScheduleValues, scheduleValues } from './schedule-values.js';

const POLLS = [
  { value: 'host', label: 'As often as the host does it' },
  { value: 'own', label: 'Every so many seconds' },
  { value: 'never', label: 'Never: with each listing only' },
] as const;

export function SchedulePanel({ integration: { id, schedule } }: { readonly integration: IntegrationDetail }) {
  const before = scheduleValues(schedule);
  // What was typed; until then what is stored shows, whoever has stored it.
  const [typed, setTyped] = useState<ScheduleValues>();
  const values = typed ?? before;
  const { mutate, isPending, error } = useEdit(id);
  const { of: issueOf, whole } = refused(error, ['schedule.everySeconds', 'schedule.pollSeconds']);
  const set = (change: Partial<ScheduleValues>): void => setTyped({ ...values, ...change });
  const isChanged = JSON.stringify(values) !== JSON.stringify(before);
  return (
    <Panel title="Schedule">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          mutate({ schedule: scheduleOf(values) }, { onSuccess: () => setTyped(undefined) });
        }}
      >
        <Stack gap="sm">
          <NumberInput
            label="List everything every"
            description="From 15 minutes (0.25) to 30 days (720)."
            suffix=" hours"
            step={1}
            value={values.everyHours}
            error={issueOf('schedule.everySeconds')}
            onChange={(everyHours) => set({ everyHours })}
          />
          <Select
            label="Read what has changed"
            data={POLLS}
            allowDeselect={false}
            value={values.polls}
            error={values.polls === 'own' ? undefined : issueOf('schedule.pollSeconds')}
            onChange={(polls) => polls !== null && set({ polls })}
          />
          {values.polls === 'own' && (
            <NumberInput
              label="Every"
              description="From 10 seconds to a day (86,400)."
              suffix=" seconds"
              value={values.pollSeconds}
              error={issueOf('schedule.pollSeconds')}
              onChange={(pollSeconds) => set({ pollSeconds })}
            />
          )}
          {whole !== undefined && <Failed error={whole} />}
          <Group justify="flex-end">
            <Button type="submit" size="sm" loading={isPending} disabled={!isChanged}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
