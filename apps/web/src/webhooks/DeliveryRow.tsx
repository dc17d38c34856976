import type { DeliveryView } from '@castellan/api';
import { Button, Table, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { at, post } from '../api/ask.js';
import { Ago } from '../states/Ago.js';
import { Look } from '../states/Look.js';
import { attemptWords, CAUSE_WORDS, deliveryLook } from './delivery-looks.js';
import { webhookKeys } from './webhook-queries.js';
import styles from './webhooks.module.css';

interface DeliveryRowProps {
  readonly webhook: string;
  readonly delivery: DeliveryView;
  readonly mayRedeliver: boolean;
}

export function DeliveryRow({ webhook, delivery, mayRedeliver }: DeliveryRowProps) {
  const { event, cause, createdAt, nextAttemptAt, state, attempts } = delivery;
  return (
    <Table.Tr>
      <Table.Td>
        <Look look={deliveryLook(delivery)} />
        {state === 'pending' && attempts.length > 0 && nextAttemptAt !== null && (
          <Text size="xs" c="dimmed" mt={2}>
            next <Ago at={nextAttemptAt} isAhead />
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Text size="sm" fw={550}>
          {event.type}
        </Text>
        <Text size="xs" c="dimmed">
          {CAUSE_WORDS[cause]} · {event.id}
        </Text>
      </Table.Td>
      <Table.Td>
        <Attempts attempts={attempts} />
      </Table.Td>
      <Table.Td>
        <Ago at={createdAt} />
      </Table.Td>
      <Table.Td>{mayRedeliver && <Redeliver webhook={webhook} delivery={delivery} />}</Table.Td>
    </Table.Tr>
  );
}

function Attempts({ attempts }: { readonly attempts: DeliveryView['attempts'] }) {
  const last = attempts.at(-1);
  if (last === undefined) return <Text size="sm">None yet</Text>;
  if (attempts.length === 1) return <Text size="sm">{attemptWords(last)}</Text>;
  return (
    <details className={styles['attempts']}>
      <summary>
        {attempts.length}, the last: {attemptWords(last)}
      </summary>
      <ol>
        {attempts.map((attempt) => (
          <li key={attempt.at}>
            <Ago at={attempt.at} />: {attemptWords(attempt)}
          </li>
        ))}
      </ol>
    </details>
  );
}

function Redeliver({ webhook, delivery: { id, event } }: { readonly webhook: string; readonly delivery: DeliveryView }) {
  const queries = useQueryClient();
  const again = useMutation({
    mutationFn: () => post<DeliveryView>(at('webhooks', webhook, 'deliveries', id, 'redeliver')),
    onSuccess: () => queries.invalidateQueries({ queryKey: webhookKeys.deliveries(webhook) }),
    onError: ({ message }) => notifications.show({ color: 'red', title: 'It was not sent once more', message }),
  });
  return (
    <Button
      variant="default"
      size="compact-sm"
      aria-label={`Redeliver ${event.type}`}
      loading={again.isPending}
      onClick={() => again.mutate()}
    >
      Redeliver
    </Button>
  );
}
