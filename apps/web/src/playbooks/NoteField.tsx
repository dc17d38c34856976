import { Textarea } from '@mantine/core';

const LEAST = 3;
const MOST = 500;

interface NoteFieldProps {
  readonly label: string;
  readonly description: string;
  readonly isNeeded: boolean;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (text: string) => void;
}

/** What somebody says to what they decide: one line, kept with the run and in the audit log. */
export function NoteField({ label, description, isNeeded, value, error, onChange }: NoteFieldProps) {
  return (
    <Textarea
      label={label}
      description={description}
      withAsterisk={isNeeded}
      data-autofocus
      autosize
      minRows={2}
      maxLength={MOST}
      value={value}
      error={error}
      // The host takes one line.
      onChange={({ currentTarget }) => onChange(currentTarget.value.replaceAll(/\s*\n\s*/g, ' '))}
    />
  );
}

/** Whether the host takes it. */
export function isNote(text: string, isNeeded: boolean): boolean {
  const { length } = text.trim();
  return length >= LEAST || (!isNeeded && length === 0);
}
