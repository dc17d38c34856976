import { useState } from 'react';
import { OwnerChoice, ownerOf } from '../findings/OwnerChoice.js';
import { useSession } from '../session/session.js';
import { Dialog } from '../states/Dialog.js';
import { DialogForm } from '../states/DialogForm.js';
import { refused } from '../states/refused.js';
import { useIncidentsChange } from './incident-queries.js';
import { countedIncidents } from './incident-words.js';

interface AssignDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly ids: readonly string[];
  readonly onDone: () => void;
}

/** Gives incidents to a user of the workspace, or to nobody. */
export function AssignDialog({ opened, onClose, ...form }: AssignDialogProps) {
  return (
    <Dialog title={`Assign ${countedIncidents(form.ids.length)}`} opened={opened} onClose={onClose}>
      <AssignForm {...form} onClose={onClose} />
    </Dialog>
  );
}

function AssignForm({ ids, onDone, onClose }: Omit<AssignDialogProps, 'opened'>) {
  const { user } = useSession();
  const [chosen, setChosen] = useState<string | null>(user?.id ?? null);
  const change = useIncidentsChange(() => {
    onDone();
    onClose();
  });
  const problem = refused(change.error, ['change.owner']);
  return (
    <DialogForm
      label="Assign"
      isPending={change.isPending}
      error={problem.whole}
      isIncomplete={chosen === null}
      onSubmit={() => chosen !== null && change.mutate({ change: { do: 'assign', owner: ownerOf(chosen) }, ids })}
      onCancel={onClose}
    >
      <OwnerChoice chosen={chosen} error={problem.of('change.owner')} onChoose={setChosen} />
    </DialogForm>
  );
}
