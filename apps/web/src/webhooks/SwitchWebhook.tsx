import type { WebhookView } from '@castellan/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { at, patch } from '../api/ask.js';
import { Confirm } from '../states/Confirm.js';
import { webhookKeys } from './webhook-queries.js';

interface SwitchWebhookProps {
  readonly webhook: WebhookView;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function SwitchWebhook({ webhook: { id, isEnabled }, opened, onClose }: SwitchWebhookProps) {
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: () => patch<WebhookView>(at('webhooks', id), { isEnabled: !isEnabled }),
    onSuccess: async () => {
      onClose();
      await Promise.all([webhookKeys.list, webhookKeys.one(id)].map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  });
  return (
    <Confirm
      title={isEnabled ? 'Switch the webhook off?' : 'Switch the webhook on?'}
      label={isEnabled ? 'Switch off' : 'Switch on'}
      opened={opened}
      onClose={() => {
        change.reset();
        onClose();
      }}
      isPending={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate()}
    >
      {isEnabled
        ? 'Nothing is sent until it is switched on again. What is on its way waits for 24 hours at most; what happens meanwhile is not kept for it.'
        : 'The receiver is told of what happens from now on.'}
    </Confirm>
  );
}
