import { Button, Group, Stack, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Failed } from './Failed.js';
import { refused } from './refused.js';

interface CommentFormProps {
  /** What was refused of the last try. */
  readonly error: unknown;
  readonly isPending: boolean;
  /** @param onDone empties the field */
  readonly onComment: (text: string, onDone: () => void) => void;
}

/** A field for a comment on the one thing that a page is about. */
export function CommentForm({ error, isPending, onComment }: CommentFormProps) {
  const [text, setText] = useState('');
  const problem = refused(error, ['change.text']);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== '' && !isPending) onComment(text.trim(), () => setText(''));
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="xs">
        <Textarea
          label="Comment"
          autosize
          minRows={2}
          maxLength={4_000}
          value={text}
          error={problem.of('change.text')}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        {problem.whole !== undefined && <Failed error={problem.whole} />}
        <Group justify="flex-end">
          <Button type="submit" size="xs" loading={isPending} disabled={text.trim() === ''}>
            Comment
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
