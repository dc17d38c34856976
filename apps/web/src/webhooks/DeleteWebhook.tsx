import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { at, remove } from '../api/ask.js';
import { Confirm } from '../states/Confirm.js';
import { webhookKeys } from './webhook-queries.js';

interface DeleteWebhookProps {
  readonly id: string;
  readonly receiver: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function DeleteWebhook({ id, receiver, opened, onClose }: DeleteWebhookProps) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const deletion = useMutation({
    mutationFn: () => remove(at('webhooks', id)),
    onSuccess: async () => {
      await navigate({ to: '/webhooks' });
      queries.removeQueries({ queryKey: webhookKeys.one(id) });
      await queries.invalidateQueries({ queryKey: webhookKeys.list });
    },
  });
  return (
    <Confirm
      title="Delete the webhook?"
      label="Delete"
      danger
      opened={opened}
      onClose={() => {
        deletion.reset();
        onClose();
      }}
      isPending={deletion.isPending}
      error={deletion.error}
      onConfirm={() => deletion.mutate()}
    >
      {receiver} is told nothing more, also not what is on its way. The list of its deliveries goes too. To be quiet for a while
      only, switch it off.
    </Confirm>
  );
}
