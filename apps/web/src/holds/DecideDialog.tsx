import type { HoldView } from '@castellan/api';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { at, post } from '../api/ask.js';
import { integrationKeys } from '../integrations/integration-queries.js';
import { counted } from '../records/kinds.js';
import { Dialog } from '../states/Dialog.js';
import { Failed } from '../states/Failed.js';

export type Decision = 'accept' | 'reject';

interface DecideDialogProps {
  readonly hold: HoldView;
  /** The name of the integration. */
  readonly of: string;
  /** `undefined`: closed. */
  readonly decision: Decision | undefined;
  readonly onClose: () => void;
}

export function DecideDialog({ hold, of, decision, onClose }: DecideDialogProps) {
  const removed = counted(hold.kind, hold.wouldRemove);
  return (
    <Dialog
      opened={decision !== undefined}
      onClose={onClose}
      title={decision === 'accept' ? `Remove ${removed}?` : `Keep ${removed}?`}
    >
      {decision !== undefined && <Question hold={hold} of={of} decision={decision} onClose={onClose} />}
    </Dialog>
  );
}

function Question({ hold, of, decision, onClose }: DecideDialogProps & { readonly decision: Decision }) {
  const queries = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => post(at('integrations', hold.integrationId, 'holds', hold.id, decision)),
    onSuccess: async () => {
      onClose();
      await Promise.all([
        queries.invalidateQueries({ queryKey: integrationKeys.one(hold.integrationId) }),
        queries.invalidateQueries({ queryKey: integrationKeys.list }),
      ]);
    },
  });
  const isRemoval = decision === 'accept';
  return (
    <Stack gap="md">
      <Stack gap="xs">
        {WHAT_HAPPENS[decision].map((sentence) => (
          <Text key={sentence} size="sm">
            {sentence.replace('{of}', () => of)}
          </Text>
        ))}
      </Stack>
      {error !== null && <Failed error={error} />}
      <Group justify="flex-end" gap="xs">
        {/* A second press of Enter must remove nothing. */}
        <Button variant="default" onClick={onClose} data-autofocus={isRemoval || undefined}>
          Decide later
        </Button>
        <Button
          {...(isRemoval && { color: 'red.8' })}
          loading={isPending}
          onClick={() => mutate()}
          data-autofocus={!isRemoval || undefined}
        >
          {isRemoval ? 'Remove them' : 'Keep them'}
        </Button>
      </Group>
    </Stack>
  );
}

const WHAT_HAPPENS: Readonly<Record<Decision, readonly string[]>> = {
  accept: [
    'They are marked as removed in the data of “{of}”, as if the listing had been believed at once. Their history stays.',
    'What was seen again since the listing is kept. Nothing changes at the provider.',
  ],
  reject: [
    'They stay in the data of “{of}” as they are.',
    'If the next full listing does not have them either, you are asked again.',
  ],
};
