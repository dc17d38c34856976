import { Select, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { at, postForFile } from '../api/ask.js';
import { DialogForm } from '../states/DialogForm.js';
import { refused } from '../states/refused.js';
import { AnchorLink } from '../shell/links.js';
import { type AccessPlace, reviewsQuery, toSignQuery } from './access-queries.js';
import { reviewOf, signedWords, toSignWords } from './review-words.js';
import { saveFile } from './save-file.js';

const FORMATS = [
  { value: 'csv', label: 'CSV' },
  { value: 'jsonl', label: 'JSON Lines' },
];

/** Bytes of the end of a file in which the digest is. */
const LAST_LINE = 200;

interface ReviewFormProps {
  readonly place: AccessPlace;
  readonly onDone: () => void;
}

/** Signs the list of who reaches an application as it is now, and saves its file. */
export function ReviewForm({ place, onDone }: ReviewFormProps) {
  const [note, setNote] = useState('');
  const [format, setFormat] = useState('csv');
  const queries = useQueryClient();
  const shown = useQuery(toSignQuery(place));
  const sign = useMutation({
    mutationFn: () => {
      const said = note.trim();
      const body = { application: place.key, format, ...(said !== '' && { note: said }) };
      return postForFile(`${at('integrations', place.integration, 'access')}/reviews`, body);
    },
    onSuccess: async (file) => {
      saveFile(file);
      await queries.invalidateQueries(reviewsQuery(place));
      const { pages } = await queries.ensureInfiniteQueryData(reviewsQuery(place));
      const lastLine = await file.content.slice(-LAST_LINE).text();
      const signed = reviewOf(
        lastLine,
        pages.flatMap(({ items }) => items),
      );
      notifications.show({ message: signedWords(signed?.accounts, shown.data?.accounts) });
      onDone();
    },
  });
  const problem = refused(sign.error, ['note']);
  return (
    <DialogForm
      label="Sign, and save the file"
      isPending={sign.isPending}
      error={problem.whole}
      onSubmit={() => sign.mutate()}
      onCancel={onDone}
    >
      <Stack gap="sm">
        <Text size="sm">
          By this you say that everybody who can reach the application now is meant to. Your name, the time and the note are in
          the file and in the audit log.
        </Text>
        <Text size="sm" fw={600} aria-live="polite">
          {shown.data !== undefined && toSignWords(shown.data)}
          {shown.data === undefined &&
            (shown.error === null ? 'Counting who that is …' : 'It could not be counted who that is.')}{' '}
          {/* Beside the form, in which a note may have been written. */}
          <AnchorLink
            to="/access/$integration/$kind/$key"
            params={{ integration: place.integration, kind: place.kind, key: place.key }}
            target="_blank"
          >
            See who they are
          </AnchorLink>
        </Text>
        <Textarea
          label="Note"
          description="What was found, or decided. One line; it can be left out."
          data-autofocus
          autosize
          minRows={2}
          maxLength={1_000}
          value={note}
          error={problem.of('note')}
          // A label is one line.
          onChange={({ currentTarget }) => setNote(currentTarget.value.replaceAll(/\s*\n\s*/g, ' '))}
        />
        <Select
          label="Format of the file"
          data={FORMATS}
          value={format}
          allowDeselect={false}
          comboboxProps={{ withinPortal: false }}
          onChange={(chosen) => setFormat(chosen ?? 'csv')}
        />
      </Stack>
    </DialogForm>
  );
}
