import type { PlaybookItemView, PlaybookRunView, PlaybookStepLog } from '@castellan/api';
import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useMay } from '../session/session.js';
import { Dialog } from '../states/Dialog.js';
import { DialogForm } from '../states/DialogForm.js';
import { refused } from '../states/refused.js';
import { isNote, NoteField } from './NoteField.js';
import { useTick } from './playbook-queries.js';

interface TickItemProps {
  readonly run: PlaybookRunView;
  readonly step: PlaybookStepLog;
  readonly item: PlaybookItemView;
}

/** Of what a person has to do: that it is done, or why it is not. */
export function TickItem(props: TickItemProps) {
  const { step, item } = props;
  const mayTick = useMay('actions:request');
  const [isOpen, setIsOpen] = useState(false);
  const close = (): void => setIsOpen(false);
  if (!mayTick) return null;
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`Tick off …: ${step.title}, ${item.record.name}`}
        onClick={() => setIsOpen(true)}
      >
        Tick off …
      </Button>
      <Dialog title={`Tick off: ${step.title}`} opened={isOpen} onClose={close}>
        <TickForm {...props} onClose={close} />
      </Dialog>
    </>
  );
}

function TickForm({ run, step, item, onClose }: TickItemProps & { readonly onClose: () => void }) {
  const [note, setNote] = useState('');
  const tick = useTick(run.id, step.step, onClose);
  const problem = refused(tick.error, ['note']);
  return (
    <DialogForm
      label="Tick off"
      isPending={tick.isPending}
      isIncomplete={!isNote(note, true)}
      error={problem.whole}
      onSubmit={() => tick.mutate({ item: item.id, note: note.trim() })}
      onCancel={onClose}
    >
      <Stack gap="sm">
        <Text size="sm">
          {item.record.name}: {item.message}
        </Text>
        <Text size="sm">Whether it is so is seen with the next sync.</Text>
        <NoteField
          label="What was done"
          description="Or why nothing was. It is shown with the run and in the audit log."
          isNeeded
          value={note}
          error={problem.of('note')}
          onChange={setNote}
        />
      </Stack>
    </DialogForm>
  );
}
