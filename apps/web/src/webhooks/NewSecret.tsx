import type { WebhookWithSecret } from '@castellan/api';
import { Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { at, post } from '../api/ask.js';
import { DialogForm } from '../states/DialogForm.js';
import { SecretShown } from './SecretShown.js';
import { webhookKeys } from './webhook-queries.js';

export function NewSecret({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const rotate = useMutation({
    mutationFn: () => post<WebhookWithSecret>(at('webhooks', id, 'secret')),
    // The secret must not outlive the dialog.
    gcTime: 0,
    onSuccess: () =>
      Promise.all([webhookKeys.list, webhookKeys.one(id)].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
  if (rotate.data !== undefined)
    return (
      <SecretShown secret={rotate.data.signingSecret} onDone={onClose}>
        For 24 hours deliveries carry a signature of the secret before it as well.
      </SecretShown>
    );
  return (
    <DialogForm
      label="Make a new secret"
      isPending={rotate.isPending}
      error={rotate.error}
      onSubmit={() => rotate.mutate()}
      onCancel={onClose}
    >
      <Text size="sm">
        The secret of today goes on signing for 24 hours, beside the new one: time to change it at the receiver. If somebody
        else has it, do this twice; then it ends at once.
      </Text>
    </DialogForm>
  );
}
