import { Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { instantOf, isDay, localDay } from '../records/filters.js';
import { Dialog } from '../states/Dialog.js';
import { DialogForm } from '../states/DialogForm.js';
import { refused } from '../states/refused.js';
import { countedFindings } from './finding-words.js';
import { type ChangeTarget, tooManyWords, useFindingsChange } from './findings-queries.js';
import { TooMany } from './TooMany.js';

const DAY_MS = 86_400_000;
/** Until when, where nobody says otherwise. */
const STANDARD_DAYS = 90;
/** As the host has it. */
const MOST_YEARS = 2;
const LEAST_REASON = 3;

interface FindingsDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly target: ChangeTarget;
  readonly onDone: () => void;
}

/** Allows findings until a day, with a reason. */
export function ExceptDialog({ opened, onClose, ...form }: FindingsDialogProps) {
  return (
    <Dialog title="Make an exception" opened={opened} onClose={onClose}>
      <ExceptForm {...form} onClose={onClose} />
    </Dialog>
  );
}

function ExceptForm({ target, onDone, onClose }: Omit<FindingsDialogProps, 'opened'>) {
  const [now] = useState(Date.now);
  const [day, setDay] = useState(() => localDay(new Date(now + STANDARD_DAYS * DAY_MS)));
  const [reason, setReason] = useState('');
  const change = useFindingsChange(() => {
    onDone();
    onClose();
  });
  const problem = refused(change.error, ['change.until', 'change.reason']);
  // Until the end of the day that was chosen.
  const until = instantOf(day, '<');
  const today = localDay(new Date(now));
  const latest = `${Number(today.slice(0, 4)) + MOST_YEARS}${today.slice(4)}`;
  const isOutside = isDay(day) && (day < today || day > latest);
  return (
    <DialogForm
      label="Except"
      isPending={change.isPending}
      error={problem.whole}
      isIncomplete={
        until === undefined || isOutside || reason.trim().length < LEAST_REASON || tooManyWords(target) !== undefined
      }
      onSubmit={() =>
        until !== undefined && change.mutate({ change: { do: 'except', until, reason: reason.trim() }, ...target })
      }
      onCancel={onClose}
    >
      <Stack gap="sm">
        <TooMany target={target} />
        <Text size="sm">
          {countedFindings(target.count)} will not count against the score until the end of that day. Then{' '}
          {target.count === 1 ? 'it is' : 'they are'} open again by {target.count === 1 ? 'itself' : 'themselves'}, unless the
          evidence is gone.
        </Text>
        <TextInput
          type="date"
          label="Until"
          description={`At most ${MOST_YEARS} years from now.`}
          min={today}
          max={latest}
          withAsterisk
          value={day}
          error={problem.of('change.until') ?? dayProblem(day, today, latest)}
          onChange={({ currentTarget }) => setDay(currentTarget.value)}
        />
        <Textarea
          label="Reason"
          description={`Why it is acceptable for that long, in ${LEAST_REASON} characters at least. It is shown with the finding and in the audit log.`}
          withAsterisk
          data-autofocus
          autosize
          minRows={2}
          maxLength={500}
          value={reason}
          error={problem.of('change.reason')}
          // The host takes one line.
          onChange={({ currentTarget }) => setReason(currentTarget.value.replaceAll(/\s*\n\s*/g, ' '))}
        />
      </Stack>
    </DialogForm>
  );
}

function dayProblem(day: string, today: string, latest: string): string | undefined {
  if (!isDay(day)) return 'Choose a day.';
  if (day < today) return 'This day is over: choose today or a later one.';
  return day > latest
    ? `At most ${MOST_YEARS} years from now: what is allowed for ever is no exception, switch the check off for it.`
    : undefined;
}
