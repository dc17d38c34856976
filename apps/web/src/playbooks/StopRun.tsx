import type { PlaybookRunView } from '@castellan/api';
import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useMay } from '../session/session.js';
import { Dialog } from '../states/Dialog.js';
import { DialogForm } from '../states/DialogForm.js';
import { refused } from '../states/refused.js';
import { isNote, NoteField } from './NoteField.js';
import { useStop } from './playbook-queries.js';

/** Of a run that is not over. */
export function StopRun({ run }: { readonly run: PlaybookRunView }) {
  const mayStop = useMay('actions:request');
  const [isOpen, setIsOpen] = useState(false);
  const close = (): void => setIsOpen(false);
  if (!mayStop || run.endedAt !== null) return null;
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setIsOpen(true)}>
        Stop …
      </Button>
      <Dialog title={`Stop: ${run.playbook.title}`} opened={isOpen} onClose={close}>
        <StopForm run={run} onClose={close} />
      </Dialog>
    </>
  );
}

function StopForm({ run, onClose }: { readonly run: PlaybookRunView; readonly onClose: () => void }) {
  const [reason, setReason] = useState('');
  const stop = useStop(run.id, onClose);
  const problem = refused(stop.error, ['reason']);
  return (
    <DialogForm
      label="Stop the run"
      danger
      isPending={stop.isPending}
      isIncomplete={!isNote(reason, true)}
      error={problem.whole}
      onSubmit={() => stop.mutate({ reason: reason.trim() })}
      onCancel={onClose}
    >
      <Stack gap="sm">
        <Text size="sm">
          It stops at once. What waits for a person is withdrawn; what is being done at the provider is done to its end, and can
          be taken back like any other action.
        </Text>
        <NoteField
          label="Reason"
          description="It is shown with the run, its incident or finding, and in the audit log."
          isNeeded
          value={reason}
          error={problem.of('reason')}
          onChange={setReason}
        />
      </Stack>
    </DialogForm>
  );
}
