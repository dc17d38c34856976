import type { IntegrationDetail } from '@castellan/api';
import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { at, remove } from '../api/ask.js';
import { Dialog } from '../states/Dialog.js';
import { Failed } from '../states/Failed.js';
import { refused } from '../states/refused.js';
import { DeletionWords } from './DeletionWords.js';
import { useIntegrationAction } from './integration-actions.js';
import { deletionQuery, integrationKeys } from './integration-queries.js';
import { Loading } from '../states/Loading.js';

interface DeleteDialogProps {
  readonly integration: IntegrationDetail;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function DeleteDialog({ integration, opened, onClose }: DeleteDialogProps) {
  return (
    <Dialog opened={opened} onClose={onClose} title={`Delete ${integration.name}?`}>
      <Question integration={integration} onClose={onClose} />
    </Dialog>
  );
}

/** What goes and what stays, the name of what is meant, and a way that takes nothing away. */
function Question({ integration: { id, name, paused }, onClose }: Omit<DeleteDialogProps, 'opened'>) {
  const [typed, setTyped] = useState('');
  const preview = useQuery(deletionQuery(id));
  const deletion = useDeletion(id);
  const pause = useIntegrationAction(id, 'pause');
  const { of: issueOf, whole } = refused(deletion.error, ['confirm']);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        deletion.mutate(typed);
      }}
    >
      <Stack gap="md">
        {preview.data !== undefined && <DeletionWords deletion={preview.data} />}
        {preview.data === undefined && preview.error === null && <Loading height={130} />}
        {preview.error !== null && <Failed error={preview.error} retry={() => void preview.refetch()} />}
        <TextInput
          label="Name of the integration"
          description={`Type ${name} to say that you mean it.`}
          autoComplete="off"
          data-autofocus
          value={typed}
          error={issueOf('confirm')}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {whole !== undefined && <Failed error={whole} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          {!paused && (
            <Button variant="light" loading={pause.isPending} onClick={() => pause.mutate(undefined, { onSuccess: onClose })}>
              Pause instead
            </Button>
          )}
          <Button type="submit" color="red.8" loading={deletion.isPending} disabled={typed.trim() === ''}>
            Delete
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useDeletion(id: string) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (name: string) => remove(`${at('integrations', id)}?confirm=${encodeURIComponent(name)}`),
    onSuccess: async () => {
      await navigate({ to: '/integrations' });
      queries.removeQueries({ queryKey: integrationKeys.one(id) });
      await queries.invalidateQueries({ queryKey: integrationKeys.list });
    },
  });
}
