import type { ActionPlanInput, ActionRequestView } from '@castellan/api';
import { Checkbox, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { DialogForm } from '../states/DialogForm.js';
import { refused } from '../states/refused.js';
import type { Chosen } from './ActDialog.js';
import { useRequest } from './action-queries.js';
import styles from './actions.module.css';

interface ByHandStepProps {
  readonly chosen: Chosen;
  readonly wanted: ActionPlanInput;
  readonly onRequested: (request: ActionRequestView) => void;
  readonly onClose: () => void;
}

/** What a person does in the provider's own console, then says so; it is looked whether it shows. */
export function ByHandStep({ chosen, wanted, onRequested, onClose }: ByHandStepProps) {
  const { integration, action, cause, undoOf } = chosen;
  const [done, setDone] = useState<readonly number[]>([]);
  const [note, setNote] = useState('');
  const [wish] = useState(() => `by hand ${Date.now()} ${Math.random()}`);
  const request = useRequest(onRequested);
  const problem = refused(request.error, ['reason']);
  const submit = (): void =>
    request.mutate({
      ...wanted,
      integrationId: integration,
      byHand: true,
      reason: note.trim(),
      wish,
      ...cause,
      ...(undoOf !== undefined && { undoOf }),
    });
  return (
    <DialogForm
      label="I have done it"
      isPending={request.isPending}
      error={problem.whole}
      isIncomplete={note.trim() === ''}
      onSubmit={submit}
      onCancel={onClose}
    >
      <section aria-label="By hand">
        <Text size="sm" fw={550} mb={4}>
          By hand, in the provider’s own console
        </Text>
        <ol className={styles['plain']}>
          {action.byHand.map((step, index) => (
            <li key={step}>
              <Checkbox
                size="xs"
                label={step}
                checked={done.includes(index)}
                onChange={({ currentTarget: { checked } }) =>
                  setDone(checked ? [...done, index] : done.filter((one) => one !== index))
                }
              />
            </li>
          ))}
        </ol>
      </section>
      <Stack gap={4}>
        <Textarea
          label="What was done"
          description="It stands in the history and in the audit log. Then it is looked at the provider, now and after the next sync, until it shows."
          withAsterisk
          autosize
          minRows={2}
          maxLength={500}
          value={note}
          error={problem.of('reason')}
          onChange={({ currentTarget }) => setNote(currentTarget.value.replaceAll(/\s*\n\s*/g, ' '))}
        />
      </Stack>
    </DialogForm>
  );
}
