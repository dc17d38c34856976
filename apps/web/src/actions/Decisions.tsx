import type { ActionPerson } from '@castellan/api';
import { Button, Group, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useMay, useSession } from '../session/session.js';
import { Confirm } from '../states/Confirm.js';
import { Failed } from '../states/Failed.js';
import type { Decision } from './action-queries.js';

interface DecisionsProps {
  /** What is decided: buttons of several stand on one page. */
  readonly name: string;
  /** What is done when somebody agrees. */
  readonly label: string;
  readonly requestedBy: ActionPerson;
  readonly reason: string | null;
  readonly decision: {
    readonly isPending: boolean;
    readonly error: Error | null;
    readonly mutate: (decision: Decision, options?: { readonly onSuccess: () => void }) => void;
    readonly reset: () => void;
  };
  /** What is read before somebody agrees. */
  readonly children: (isOpen: boolean) => ReactNode;
}

/** Whether a request may be agreed to by whoever looks at it: by nobody who asked for it. */
export function useMayDecide(): (request: { readonly requestedBy: ActionPerson }) => boolean {
  const { user } = useSession();
  const mayApprove = useMay('actions:approve');
  return ({ requestedBy: { userId } }) => mayApprove && (userId === null || userId !== user?.id);
}

/** Of what waits for approval: agree or not; whoever has asked for it takes it back. */
export function Decisions({ name, label, requestedBy, reason, decision, children }: DecisionsProps) {
  const { user } = useSession();
  const [mayApprove, mayAsk] = [useMay('actions:approve'), useMay('actions:request')];
  const [isOpen, setOpen] = useState(false);
  const isOwn = requestedBy.userId !== null && requestedBy.userId === user?.id;
  const isAsker = isOwn && requestedBy.kind !== 'playbook';
  const close = (): void => setOpen(false);
  const button = (words: string, what: Decision) => (
    <Button
      size="compact-sm"
      variant="default"
      aria-label={`${words}: ${name}`}
      disabled={decision.isPending}
      onClick={() => decision.mutate(what)}
    >
      {words}
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
        {mayApprove && !isAsker && button('Reject', 'reject')}
        {mayAsk && isAsker && button('Withdraw', 'withdraw')}
      </Group>
      {isOwn && (
        <Text size="xs" c="dimmed">
          {isAsker ? 'Another person has to agree.' : 'You have switched this playbook on: another person has to agree.'}
        </Text>
      )}
      {decision.error !== null && !isOpen && <Failed error={decision.error} />}
      <Confirm
        title={`Approve: ${name}`}
        opened={isOpen}
        onClose={close}
        label={label}
        danger
        isPending={decision.isPending}
        error={decision.error}
        onConfirm={() => decision.mutate('approve', { onSuccess: close })}
      >
        <Stack gap="sm">
          <Text size="sm">
            {requestedBy.name} asks for it{reason === null ? ', without a reason.' : `: “${reason}”`} It is done right after you
            agree, if nothing has changed since it was planned.
          </Text>
          {children(isOpen)}
        </Stack>
      </Confirm>
    </Stack>
  );
}
