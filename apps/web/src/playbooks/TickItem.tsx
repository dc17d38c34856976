import type { PlaybookItemView, PlaybookRunView, PlaybookStepLog } from '@castellan/api';
import { Button, Radio, Stack, Text } from '@mantine/core';
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
  const [isDone, setIsDone] = useState(true);
  const tick = useTick(run.id, step.step, onClose);
  const problem = refused(tick.error, ['note']);
  return (
    <DialogForm
      label="Tick off"
      isPending={tick.isPending}
      isIncomplete={!isNote(note, true)}
      error={problem.whole}
      onSubmit={() => tick.mutate({ item: item.id, note: note.trim(), isDone })}
      onCancel={onClose}
    >
      <Stack gap="sm">
        <Text size="sm">
          {item.record.name}: {item.message}
        </Text>
        <Radio.Group label="Was it done?" value={isDone ? 'done' : 'left'} onChange={(chosen) => setIsDone(chosen === 'done')}>
          <Stack gap={6} mt={6}>
            <Radio value="done" label="It is done. Whether it is so is seen with the next sync." />
            <Radio value="left" label="Nothing was done, and nothing will be." />
          </Stack>
        </Radio.Group>
        <NoteField
          label={isDone ? 'What was done' : 'Why nothing was done'}
          description="It is shown with the run and in the audit log."
          isNeeded
          value={note}
          error={problem.of('note')}
          onChange={setNote}
        />
      </Stack>
    </DialogForm>
  );
}
