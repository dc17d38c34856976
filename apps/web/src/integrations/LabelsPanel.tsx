import type { IntegrationDetail } from '@castellan/api';
import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { type Labels, NameAndOwner } from '../connect/NameAndOwner.js';
import { Failed } from '../states/Failed.js';
import { Panel } from '../states/Panel.js';
import { refused } from '../states/refused.js';
import { useEdit } from './integration-edit.js';

export function LabelsPanel({ integration: { id, name, owner } }: { readonly integration: IntegrationDetail }) {
  const before: Labels = { name, owner: owner?.id ?? null };
  // Only what was typed: the rest follows what others store meanwhile.
  const [typed, setTyped] = useState<Partial<Labels>>({});
  const labels = { ...before, ...typed };
  const { mutate, isPending, error } = useEdit(id);
  const { of: issueOf, whole } = refused(error, ['name', 'owner']);
  const isRenamed = labels.name !== before.name;
  const isHandedOver = labels.owner !== before.owner;
  return (
    <Panel title="Name and owner">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const edit = { ...(isRenamed && { name: labels.name }), ...(isHandedOver && { owner: labels.owner }) };
          mutate(edit, { onSuccess: () => setTyped({}) });
        }}
      >
        <Stack gap="sm">
          <NameAndOwner labels={labels} issueOf={issueOf} onChange={(next) => setTyped(differing(before, next))} />
          {whole !== undefined && <Failed error={whole} />}
          <Group justify="flex-end">
            <Button type="submit" size="sm" loading={isPending} disabled={!isRenamed && !isHandedOver}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}

function differing(before: Labels, next: Labels): Partial<Labels> {
  return {
    ...(next.name !== before.name && { name: next.name }),
    ...(next.owner !== before.owner && { owner: next.owner }),
  };
}
