import { Button, Group, Stack, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Failed } from '../states/Failed.js';
import { refused } from '../states/refused.js';
import { useFindingsChange } from './findings-queries.js';

/** A comment on one finding. @param id of the finding */
export function CommentBox({ id }: { readonly id: string }) {
  const [text, setText] = useState('');
  const change = useFindingsChange(() => setText(''));
  const problem = refused(change.error, ['change.text']);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== '' && !change.isPending)
      change.mutate({ change: { do: 'comment', text: text.trim() }, which: { ids: [id] }, count: 1 });
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
          <Button type="submit" size="xs" loading={change.isPending} disabled={text.trim() === ''}>
            Comment
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
