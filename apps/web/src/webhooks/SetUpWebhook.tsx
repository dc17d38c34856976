import type { NewWebhookView } from '@castellan/api';
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
    mutationFn: (settings: WebhookSettings) => post<NewWebhookView>('/webhooks', settings),
    // The secret must not outlive the dialog.
    gcTime: 0,
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: webhookKeys.list });
      // Mail is not signed: there is nothing to be shown once.
      if (made.signingSecret === null) show(made);
    },
  });
  const show = ({ id }: NewWebhookView): void => {
    onClose();
    void navigate({ to: '/webhooks/$id', params: { id } });
  };
  const made = setUp.data;
  if (made === undefined || made.signingSecret === null)
    return (
      <WebhookForm
        label="Set up"
        isPending={setUp.isPending}
        error={setUp.error}
        onSubmit={(settings) => setUp.mutate(settings)}
        onCancel={onClose}
      />
    );
  return (
    <SecretShown secret={made.signingSecret} onDone={() => show(made)}>
      Nothing is sent yet: send a test from the page of the webhook.
    </SecretShown>
  );
}
