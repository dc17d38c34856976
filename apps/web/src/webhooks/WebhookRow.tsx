import type { WebhookView } from '@castellan/api';
import { Anchor, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Ago } from '../states/Ago.js';
import { Look } from '../states/Look.js';
import { webhookLook } from './delivery-looks.js';
import { receiverName, receiverText } from './receiver-name.js';

export function WebhookRow({ webhook }: { readonly webhook: WebhookView }) {
  const { id, description, eventTypes, createdAt, secret } = webhook;
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor size="sm" fw={550} renderRoot={(props) => <Link {...props} to="/webhooks/$id" params={{ id }} />}>
          {description ?? receiverName(webhook)}
        </Anchor>
        <Text size="sm" c="dimmed" truncate maw={360} title={receiverText(webhook)}>
          {receiverText(webhook)}
        </Text>
      </Table.Td>
      <Table.Td>
        <Look look={webhookLook(webhook)} />
      </Table.Td>
      <Table.Td>{eventTypes.length === 0 ? 'Everything' : eventTypes.join(', ')}</Table.Td>
      <Table.Td>
        <Ago at={createdAt} />
      </Table.Td>
      <Table.Td>
        {secret === null ? (
          'None: mail'
        ) : (
          <>
            made <Ago at={secret.changedAt} />
          </>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
