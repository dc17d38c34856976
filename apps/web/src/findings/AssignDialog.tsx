import { Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useSession } from '../session/session.js';
import { Dialog } from '../states/Dialog.js';
import { DialogForm } from '../states/DialogForm.js';
import { refused } from '../states/refused.js';
import { countedFindings } from './finding-words.js';
import { type ChangeTarget, tooManyWords, useFindingsChange } from './findings-queries.js';
import { OwnerChoice, ownerOf } from './OwnerChoice.js';
import { TooMany } from './TooMany.js';

interface AssignDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly target: ChangeTarget;
  readonly onDone: () => void;
}

/** Gives findings to a user of the workspace, or to nobody. */
export function AssignDialog({ opened, onClose, ...form }: AssignDialogProps) {
  return (
    <Dialog title={`Assign ${countedFindings(form.target.count)}`} opened={opened} onClose={onClose}>
      <AssignForm {...form} onClose={onClose} />
    </Dialog>
  );
}

function AssignForm({ target, onDone, onClose }: Omit<AssignDialogProps, 'opened'>) {
  const { user } = useSession();
  const [owner, setOwner] = useState<string | null>(user?.id ?? null);
  const change = useFindingsChange(() => {
    onDone();
    onClose();
  });
  const problem = refused(change.error, ['change.owner']);
  return (
    <DialogForm
      label="Assign"
      isPending={change.isPending}
      error={problem.whole}
      isIncomplete={owner === null || tooManyWords(target) !== undefined}
      onSubmit={() => owner !== null && change.mutate({ change: { do: 'assign', owner: ownerOf(owner) }, ...target })}
      onCancel={onClose}
    >
      <Stack gap="sm">
        <TooMany target={target} />
        {'where' in target.which && (
          <Text size="sm">All that match when you confirm are assigned: {countedFindings(target.count)} now.</Text>
        )}
        <OwnerChoice chosen={owner} error={problem.of('change.owner')} onChoose={setOwner} />
      </Stack>
    </DialogForm>
  );
}
