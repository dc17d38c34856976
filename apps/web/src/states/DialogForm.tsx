import { Button, Group, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { Failed } from './Failed.js';

interface DialogFormProps {
  /** What the button says that does it. */
  readonly label: string;
  readonly danger?: boolean;
  readonly isPending: boolean;
  /** What was refused, and belongs to none of the fields. */
  readonly error: unknown;
  readonly onSubmit: () => void;
  readonly onCancel: () => void;
  /** What is missing yet for it to be sent. */
  readonly isIncomplete?: boolean;
  readonly children: ReactNode;
}

/** The inside of a dialog that asks for something: fields, what was refused, and two buttons. */
export function DialogForm({
  label,
  danger = false,
  isPending,
  error,
  onSubmit,
  onCancel,
  isIncomplete = false,
  children,
}: DialogFormProps) {
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isPending && !isIncomplete) onSubmit();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {children}
        {error !== null && error !== undefined && <Failed error={error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={isPending} disabled={isIncomplete} {...(danger && { color: 'red.8' })}>
            {label}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
