import type { DeliveryView, WebhookView } from '@castellan/api';
import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCircleCheck, IconCircleOff, IconKey, IconPencil, IconSend, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { at, post } from '../api/ask.js';
import { Dialog } from '../states/Dialog.js';
import { RowMenu } from '../states/RowMenu.js';
import { ChangeWebhook } from './ChangeWebhook.js';
import { DeleteWebhook } from './DeleteWebhook.js';
import { NewSecret } from './NewSecret.js';
import { receiverName } from './receiver-name.js';
import { SwitchWebhook } from './SwitchWebhook.js';
import { webhookKeys } from './webhook-queries.js';

export function WebhookActions({ webhook }: { readonly webhook: WebhookView }) {
  const { id, secret, isEnabled } = webhook;
  const [open, setOpen] = useState<'change' | 'secret' | 'switch' | 'delete'>();
  const close = (): void => setOpen(undefined);
  const queries = useQueryClient();
  const test = useMutation({
    mutationFn: () => post<DeliveryView>(at('webhooks', id, 'test')),
    onSuccess: () => queries.invalidateQueries({ queryKey: webhookKeys.deliveries(id) }),
    onError: ({ message }) => notifications.show({ color: 'red', title: 'The test was not sent', message }),
  });
  return (
    <>
      {isEnabled && (
        <Button leftSection={<IconSend size={16} aria-hidden />} loading={test.isPending} onClick={() => test.mutate()}>
          Send a test
        </Button>
      )}
      <RowMenu label="Actions for this webhook">
        <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setOpen('change')}>
          Change
        </Menu.Item>
        {secret !== null && (
          <Menu.Item leftSection={<IconKey size={16} aria-hidden />} onClick={() => setOpen('secret')}>
            New signing secret
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={isEnabled ? <IconCircleOff size={16} aria-hidden /> : <IconCircleCheck size={16} aria-hidden />}
          onClick={() => setOpen('switch')}
        >
          {isEnabled ? 'Switch off' : 'Switch on'}
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={() => setOpen('delete')}>
          Delete
        </Menu.Item>
      </RowMenu>
      <Dialog title="Change the webhook" opened={open === 'change'} onClose={close} size="lg">
        <ChangeWebhook webhook={webhook} onClose={close} />
      </Dialog>
      <Dialog title="A new signing secret" opened={open === 'secret'} onClose={close}>
        <NewSecret id={id} onClose={close} />
      </Dialog>
      <SwitchWebhook webhook={webhook} opened={open === 'switch'} onClose={close} />
      <DeleteWebhook id={id} receiver={receiverName(webhook)} opened={open === 'delete'} onClose={close} />
    </>
  );
}
