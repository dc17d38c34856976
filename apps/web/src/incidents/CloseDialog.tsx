import { VERDICTS, type Verdict } from '@castellan/api';
import { Radio, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../states/Dialog.js';
import { DialogForm } from '../states/DialogForm.js';
import { refused } from '../states/refused.js';
import { VERDICT_LOOKS } from './incident-looks.js';
import { useIncidentsChange } from './incident-queries.js';
import { countedIncidents, VERDICT_MEANINGS } from './incident-words.js';

const LEAST_REASON = 3;

interface CloseDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly ids: readonly string[];
  /** Chosen already, by the key that was pressed. */
  readonly verdict?: Verdict | undefined;
  readonly onDone: () => void;
}

/** Says what it was, and why. */
export function CloseDialog({ opened, onClose, ...form }: CloseDialogProps) {
  return (
    <Dialog title={`Close ${countedIncidents(form.ids.length)}`} opened={opened} onClose={onClose}>
      <CloseForm {...form} onClose={onClose} />
    </Dialog>
  );
}

function CloseForm({ ids, verdict: first, onDone, onClose }: Omit<CloseDialogProps, 'opened'>) {
  const [verdict, setVerdict] = useState<Verdict | undefined>(first);
  const [reason, setReason] = useState('');
  const change = useIncidentsChange(() => {
    onDone();
    onClose();
  });
  const problem = refused(change.error, ['change.verdict', 'change.reason']);
  return (
    <DialogForm
      // A cross that is called so, too, stands above it.
      label={`Close ${countedIncidents(ids.length)}`}
      isPending={change.isPending}
      error={problem.whole}
      isIncomplete={verdict === undefined || reason.trim().length < LEAST_REASON}
      onSubmit={() => verdict !== undefined && change.mutate({ change: { do: 'close', verdict, reason: reason.trim() }, ids })}
      onCancel={onClose}
    >
      <Stack gap="md">
        <Radio.Group
          label="What was it?"
          withAsterisk
          value={verdict ?? null}
          error={problem.of('change.verdict')}
          onChange={(chosen) => setVerdict(VERDICTS.find((one) => one === chosen))}
        >
          <Stack gap="xs" mt="xs">
            {VERDICTS.map((one) => (
              <Radio
                key={one}
                value={one}
                label={VERDICT_LOOKS[one].word}
                description={VERDICT_MEANINGS[one]}
                {...(first === undefined && one === VERDICTS[0] && { 'data-autofocus': true })}
              />
            ))}
          </Stack>
        </Radio.Group>
        <Textarea
          label="Reason"
          description={`How you know, in ${LEAST_REASON} characters at least. It is shown with the incident and in the audit log.`}
          withAsterisk
          {...(first !== undefined && { 'data-autofocus': true })}
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
