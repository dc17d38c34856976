import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus, IconWebhook } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Dialog } from '../states/Dialog.js';
import { Empty } from '../states/Empty.js';
import { Failed } from '../states/Failed.js';
import { Guarded } from '../states/Guarded.js';
import { PageTitle } from '../states/PageTitle.js';
import { SmallTable } from '../states/SmallTable.js';
import { SetUpWebhook } from './SetUpWebhook.js';
import { webhooksQuery } from './webhook-queries.js';
import { WebhookRow } from './WebhookRow.js';

const TITLE = 'Webhooks';

export function WebhooksPage() {
  return (
    <Guarded title={TITLE} needs="webhooks:manage">
      <Webhooks />
    </Guarded>
  );
}

function Webhooks() {
  const [isOpen, { open, close }] = useDisclosure(false);
  const { data, error, refetch } = useQuery(webhooksQuery);
  const isEmpty = data?.items.length === 0;
  const setUp = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
      Set up a webhook
    </Button>
  );
  return (
    <>
      <PageTitle title={TITLE} actions={isEmpty ? undefined : setUp} />
      {error !== null && <Failed error={error} retry={() => void refetch()} />}
      {isEmpty && (
        <Empty icon={IconWebhook} title="Nobody is told yet" action={setUp}>
          A webhook tells a program of yours what happens here, signed, or people by mail, and tries again until it has arrived.
        </Empty>
      )}
      {!isEmpty && (data !== undefined || error === null) && (
        <SmallTable label={TITLE} heads={['Receiver', 'State', 'Is told of', 'Set up', 'Secret']} hasActions={false}>
          {data?.items.map((webhook) => (
            <WebhookRow key={webhook.id} webhook={webhook} />
          ))}
        </SmallTable>
      )}
      <Dialog title="Set up a webhook" opened={isOpen} onClose={close} size="lg">
        <SetUpWebhook onClose={close} />
      </Dialog>
    </>
  );
}
