import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../states/Dialog.js';
import { DialogForm } from '../states/DialogForm.js';
import { refused } from '../states/refused.js';
import { countedFindings } from './finding-words.js';
import { type ChangeTarget, tooManyWords, useFindingsChange } from './findings-queries.js';
import { TooMany } from './TooMany.js';

interface CommentDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly target: ChangeTarget;
  readonly onDone: () => void;
}

/** One comment, at each of several findings. */
export function CommentDialog({ opened, onClose, ...form }: CommentDialogProps) {
  return (
    <Dialog title={`Comment on ${countedFindings(form.target.count)}`} opened={opened} onClose={onClose}>
      <CommentForm {...form} onClose={onClose} />
    </Dialog>
  );
}

function CommentForm({ target, onDone, onClose }: Omit<CommentDialogProps, 'opened'>) {
  const [text, setText] = useState('');
  const change = useFindingsChange(() => {
    onDone();
    onClose();
  });
  const problem = refused(change.error, ['change.text']);
  return (
    <DialogForm
      label="Comment"
      isPending={change.isPending}
      error={problem.whole}
      isIncomplete={text.trim() === '' || tooManyWords(target) !== undefined}
      onSubmit={() => change.mutate({ change: { do: 'comment', text: text.trim() }, ...target })}
      onCancel={onClose}
    >
      <TooMany target={target} />
      <Textarea
        label="Comment"
        data-autofocus
        autosize
        minRows={3}
        maxLength={4_000}
        value={text}
        error={problem.of('change.text')}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
    </DialogForm>
  );
}
