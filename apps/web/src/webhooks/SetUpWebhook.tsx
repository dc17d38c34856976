import type { WebhookWithSecret } from '@castellan/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { post } from '../api/ask.js';
import { SecretShown } from './SecretShown.js';
import { webhookKeys } from './webhook-queries.js';
import { WebhookForm, type WebhookSettings } from './WebhookForm.js';

export function SetUpWebhook({ onClose }: { readonly onClose: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const setUp = useMutation({
    mutationFn: (settings: WebhookSettings) => post<WebhookWithSecret>('/webhooks', settings),
    // The secret must not outlive the dialog.
    gcTime: 0,
    onSuccess: () => queries.invalidateQueries({ queryKey: webhookKeys.list }),
  });
  const made = setUp.data;
  if (made === undefined)
    return (
      <WebhookForm
        label="Set up"
        isPending={setUp.isPending}
        error={setUp.error}
        onSubmit={(settings) => setUp.mutate(settings)}
        onCancel={onClose}
      />
    );
  const done = (): void => {
    onClose();
    void navigate({ to: '/webhooks/$id', params: { id: made.id } });
  };
  return (
    <SecretShown secret={made.signingSecret} onDone={done}>
      Nothing is sent yet: send a test from the page of the webhook.
    </SecretShown>
  );
}
