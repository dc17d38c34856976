import type { ActionBatchView } from '@castellan/api';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useMay, useSession } from '../session/session.js';
import { Confirm } from '../states/Confirm.js';
import { Failed } from '../states/Failed.js';
import { type BatchDecision, useBatchDecision } from './batch-queries.js';
import { RequestList } from './RequestList.js';

/** Of a batch that waits for approval: agree or not, once for all of it. */
export function BatchDecisions({ batch }: { readonly batch: ActionBatchView }) {
  const { user } = useSession();
  const [mayApprove, mayAsk] = [useMay('actions:approve'), useMay('actions:request')];
  const [isOpen, setOpen] = useState(false);
  const decision = useBatchDecision(batch.id, () => setOpen(false));
  if (batch.state !== 'proposed') return null;
  const isOwn = batch.requestedBy.kind === 'user' && batch.requestedBy.id === user?.id;
  const name = `${batch.title}, ${batch.size}`;
  const button = (label: string, what: BatchDecision) => (
    <Button
      size="compact-sm"
      variant="default"
      aria-label={`${label}: ${name}`}
      disabled={decision.isPending}
      onClick={() => decision.mutate(what)}
    >
      {label}
    </Button>
  );
  return (
    <Stack gap={6} align="flex-end">
      <Group gap={6} justify="flex-end">
        {mayApprove && !isOwn && (
          <Button
            size="compact-sm"
            aria-label={`Approve …: ${name}`}
            onClick={() => {
              decision.reset();
              setOpen(true);
            }}
          >
            Approve …
          </Button>
        )}
        {mayApprove && !isOwn && button('Reject', 'reject')}
        {mayAsk && isOwn && button('Withdraw', 'withdraw')}
      </Group>
      {isOwn && (
        <Text size="xs" c="dimmed">
          Another person has to agree.
        </Text>
      )}
      {decision.error !== null && !isOpen && <Failed error={decision.error} />}
      <Confirm
        title={`Approve: ${name}`}
        opened={isOpen}
        onClose={() => setOpen(false)}
        label={`${batch.title}: ${batch.size}`}
        danger
        isPending={decision.isPending}
        error={decision.error}
        onConfirm={() => decision.mutate('approve')}
      >
        <Text size="sm">
          {batch.requestedBy.name} asks for it{batch.reason === null ? ', without a reason.' : `: “${batch.reason}”`}
        </Text>
        <RequestList where={{ batch: batch.id }} label="To be done to each" />
      </Confirm>
    </Stack>
  );
}
