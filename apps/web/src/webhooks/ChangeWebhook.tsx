import type { WebhookView } from '@castellan/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { at, patch } from '../api/ask.js';
import { webhookKeys } from './webhook-queries.js';
import { WebhookForm, type WebhookSettings } from './WebhookForm.js';

export function ChangeWebhook({ webhook, onClose }: { readonly webhook: WebhookView; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (settings: WebhookSettings) =>
      // The kind stays, and is not to be named.
      patch<WebhookView>(at('webhooks', webhook.id), { ...settings, kind: undefined }),
    onSuccess: async (changed) => {
      queries.setQueryData(webhookKeys.one(webhook.id), changed);
      onClose();
      await queries.invalidateQueries({ queryKey: webhookKeys.list });
    },
  });
  return (
    <WebhookForm
      webhook={webhook}
      label="Save"
      isPending={change.isPending}
      error={change.error}
      onSubmit={(settings) => change.mutate(settings)}
      onCancel={onClose}
    />
  );
}
