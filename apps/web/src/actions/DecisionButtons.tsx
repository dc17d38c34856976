import type { ActionRequestView } from '@castellan/api';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay, useSession } from '../session/session.js';
import { Confirm } from '../states/Confirm.js';
import { Failed } from '../states/Failed.js';
import { type Decision, offeredQuery, useDecision } from './action-queries.js';
import { PlanView } from './PlanView.js';

/** Of what waits for approval: agree or not; whoever has asked for it takes it back. */
export function DecisionButtons({ request }: { readonly request: ActionRequestView }) {
  const { user } = useSession();
  const [mayApprove, mayAsk] = [useMay('actions:approve'), useMay('actions:request')];
  const [isOpen, setIsOpen] = useState(false);
  const decision = useDecision(request.id, () => setIsOpen(false));
  const { data: offered } = useQuery({ ...offeredQuery(request.integration.id), enabled: isOpen });
  // Of a batch it is decided once for all.
  if (request.state !== 'proposed' || request.batchId !== null) return null;
  const isOwn = request.requestedBy.kind === 'user' && request.requestedBy.id === user?.id;
  const button = (label: string, what: Decision) => (
    <Button
      size="compact-sm"
      variant="default"
      aria-label={`${label}: ${request.title}, ${request.subject.name}`}
      loading={decision.isPending && decision.variables === what}
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
            aria-label={`Approve …: ${request.title}, ${request.subject.name}`}
            onClick={() => {
              decision.reset();
              setIsOpen(true);
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
        title={`Approve: ${request.title}`}
        opened={isOpen}
        onClose={() => setIsOpen(false)}
        label={request.title}
        danger
        isPending={decision.isPending}
        error={decision.error}
        onConfirm={() => decision.mutate('approve')}
      >
        <Stack gap="sm">
          <Text size="sm">
            {request.requestedBy.name} asks for it
            {request.reason === null ? ', without a reason.' : `: “${request.reason}”`} It is done right after you agree, if
            nothing has changed since it was planned.
          </Text>
          <PlanView integration={request.integration.id} plan={request.plan} actions={offered?.items ?? []} />
        </Stack>
      </Confirm>
    </Stack>
  );
}
