import type { PlaybookRunView, PlaybookStepLog } from '@castellan/api';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useMay } from '../session/session.js';
import { Dialog } from '../states/Dialog.js';
import { DialogForm } from '../states/DialogForm.js';
import { refused } from '../states/refused.js';
import { isNote, NoteField } from './NoteField.js';
import { type Decided, useStepDecision } from './playbook-queries.js';

interface StepDecisionProps {
  readonly run: PlaybookRunView;
  readonly step: PlaybookStepLog;
}

const WORDS = { approve: 'Approve', decline: 'Decline' } as const;

/** Of a step that asks a person: yes or no, with what there is to say to it. */
export function StepDecision({ run, step }: StepDecisionProps) {
  const mayDecide = useMay('actions:approve');
  const [asked, setAsked] = useState<Decided>();
  const close = (): void => setAsked(undefined);
  if (!mayDecide) return null;
  const button = (is: Decided) => (
    <Button
      size="compact-sm"
      {...(is === 'decline' && { variant: 'default' })}
      aria-label={`${WORDS[is]} …: ${step.title} ${run.subject.name}`}
      onClick={() => setAsked(is)}
    >
      {WORDS[is]} …
    </Button>
  );
  return (
    <Group gap={6} wrap="nowrap">
      {button('approve')}
      {button('decline')}
      <Dialog title={`${asked === undefined ? '' : WORDS[asked]}: ${step.title}`} opened={asked !== undefined} onClose={close}>
        {asked !== undefined && <DecisionForm run={run} step={step} is={asked} onClose={close} />}
      </Dialog>
    </Group>
  );
}

interface DecisionFormProps extends StepDecisionProps {
  readonly is: Decided;
  readonly onClose: () => void;
}

function DecisionForm({ run, step, is, onClose }: DecisionFormProps) {
  const [note, setNote] = useState('');
  const decision = useStepDecision(run.id, step.step, onClose);
  const problem = refused(decision.error, ['note']);
  return (
    <DialogForm
      label={WORDS[is]}
      isPending={decision.isPending}
      isIncomplete={!isNote(note, false)}
      error={problem.whole}
      onSubmit={() => decision.mutate({ is, ...(note.trim() !== '' && { note: note.trim() }) })}
      onCancel={onClose}
    >
      <Stack gap="sm">
        <Text size="sm">
          {run.playbook.title}, {run.subject.name}: {step.message}
        </Text>
        <Text size="sm">
          {is === 'approve'
            ? 'The run goes on with the next step.'
            : 'The run goes on where the playbook says, or comes to its end.'}
        </Text>
        <NoteField
          label="Note"
          description="How you know, if there is something to say. It is shown with the run and in the audit log."
          isNeeded={false}
          value={note}
          error={problem.of('note')}
          onChange={setNote}
        />
      </Stack>
    </DialogForm>
  );
}
