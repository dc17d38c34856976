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
  const [labels, setLabels] = useState(before);
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
          mutate({ ...(isRenamed && { name: labels.name }), ...(isHandedOver && { owner: labels.owner }) });
        }}
      >
        <Stack gap="sm">
          <NameAndOwner labels={labels} issueOf={issueOf} onChange={setLabels} />
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
