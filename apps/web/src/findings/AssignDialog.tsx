import { Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ownersQuery } from '../connect/owners-query.js';
import { useMay, useSession } from '../session/session.js';
import { Dialog } from '../states/Dialog.js';
import { DialogForm } from '../states/DialogForm.js';
import { refused } from '../states/refused.js';
import { countedFindings } from './finding-words.js';
import { type ChangeTarget, tooManyWords, useFindingsChange } from './findings-queries.js';
import { TooMany } from './TooMany.js';

interface AssignDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly target: ChangeTarget;
  readonly onDone: () => void;
}

/** Not the id of any user. */
const NOBODY = 'nobody';

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
  // Who may not see the others can take it on himself.
  const { data: owners = user === null ? [] : [user] } = useQuery({ ...ownersQuery, enabled: useMay('users:read') });
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
      onSubmit={() => change.mutate({ change: { do: 'assign', owner: owner === NOBODY ? null : owner }, ...target })}
      onCancel={onClose}
    >
      <Stack gap="sm">
        <TooMany target={target} />
        {'where' in target.which && (
          <Text size="sm">All that match when you confirm are assigned: {countedFindings(target.count)} now.</Text>
        )}
        <Select
          label="Owner"
          description="Who works through them."
          placeholder="Choose somebody"
          data-autofocus
          allowDeselect={false}
          data={[
            ...owners.map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` })),
            { value: NOBODY, label: 'Nobody' },
          ]}
          value={owner}
          error={problem.of('change.owner')}
          onChange={setOwner}
        />
      </Stack>
    </DialogForm>
  );
}
