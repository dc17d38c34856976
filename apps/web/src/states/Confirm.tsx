import { Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Dialog } from './Dialog.js';
import { DialogForm } from './DialogForm.js';

interface ConfirmProps {
  readonly title: string;
  readonly opened: boolean;
  readonly onClose: () => void;
  /** What happens. */
  readonly children: ReactNode;
  /** What the button says that does it: a verb, not "OK". */
  readonly label: string;
  /** It takes something away. */
  readonly danger?: boolean;
  /** What has to be typed before it can be done. */
  readonly typed?: string;
  /** It would be refused: what stands in it says why. */
  readonly isImpossible?: boolean;
  readonly isPending: boolean;
  readonly error: unknown;
  readonly onConfirm: () => void;
}

/** Before something that cannot be taken back, or that somebody else feels: what will happen, and the way out. */
export function Confirm({ title, opened, onClose, ...question }: ConfirmProps) {
  return (
    <Dialog title={title} opened={opened} onClose={onClose}>
      <Question {...question} onClose={onClose} />
    </Dialog>
  );
}

function Question({
  children,
  typed,
  isImpossible = false,
  onClose,
  onConfirm,
  ...form
}: Omit<ConfirmProps, 'title' | 'opened'>) {
  const [text, setText] = useState('');
  return (
    <DialogForm
      {...form}
      isIncomplete={isImpossible || (typed !== undefined && text.trim() !== typed)}
      onSubmit={onConfirm}
      onCancel={onClose}
    >
      <Text size="sm" component="div">
        {children}
      </Text>
      {typed !== undefined && (
        <TextInput
          label={`Type “${typed}” to go on`}
          autoComplete="off"
          data-autofocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
    </DialogForm>
  );
}
