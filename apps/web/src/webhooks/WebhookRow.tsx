import type { WebhookView } from '@castellan/api';
import { Anchor, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Ago } from '../states/Ago.js';
import { Look } from '../states/Look.js';
import { webhookLook } from './delivery-looks.js';

export function WebhookRow({ webhook }: { readonly webhook: WebhookView }) {
  const { id, url, description, eventTypes, createdAt, secret } = webhook;
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor size="sm" fw={550} renderRoot={(props) => <Link {...props} to="/webhooks/$id" params={{ id }} />}>
          {description ?? new URL(url).host}
        </Anchor>
        <Text size="sm" c="dimmed" truncate maw={360} title={url}>
          {url}
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
        made <Ago at={secret.changedAt} />
      </Table.Td>
    </Table.Tr>
  );
}
