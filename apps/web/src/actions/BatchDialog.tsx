import type { ActionBatchPlanView, OfferedAction, PossibleAction } from '@castellan/api';
import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../api/api-error.js';
import { ButtonLink } from '../shell/links.js';
import { Dialog } from '../states/Dialog.js';
import { DialogForm } from '../states/DialogForm.js';
import { Failed } from '../states/Failed.js';
import { Loading } from '../states/Loading.js';
import { refused } from '../states/refused.js';
import { type ActionCause, offeredQuery } from './action-queries.js';
import { BatchPlanned } from './BatchPlanned.js';
import { type BatchLeftOut, batchPlan, isToBeDone } from './batch-plan.js';
import { BatchProgress } from './BatchProgress.js';
import { batchPlanQuery, useBatchRequest } from './batch-queries.js';
import { NotGranted } from './NotGranted.js';
import { Outdated } from './Outdated.js';
import styles from './actions.module.css';

/** The same action on many. */
export interface ChosenBatch {
  readonly integration: string;
  readonly action: OfferedAction;
  readonly objects: readonly BatchObject[];
  /** What is not even looked at, and why. */
  readonly leftOut?: readonly BatchLeftOut[];
}

export interface BatchObject {
  /** As people call it. */
  readonly label: string;
  readonly input: PossibleAction['input'];
  readonly cause?: ActionCause;
  /** The request that it takes back. */
  readonly undoOf?: string;
}

interface BatchDialogProps {
  /** `undefined`: it is closed. */
  readonly chosen: ChosenBatch | undefined;
  readonly onClose: () => void;
}

/** What would be done to each, then how it goes on, with a stop. */
export function BatchDialog({ chosen, onClose }: BatchDialogProps) {
  const title = chosen === undefined ? '' : `${chosen.action.title}: ${chosen.objects.length.toLocaleString('en')}`;
  return (
    <Dialog title={title} size="lg" opened={chosen !== undefined} onClose={onClose}>
      {chosen !== undefined && <Batch chosen={chosen} onClose={onClose} />}
    </Dialog>
  );
}

interface StepProps {
  readonly chosen: ChosenBatch;
  readonly onClose: () => void;
}

function Batch({ chosen, onClose }: StepProps) {
  const { integration, action, objects } = chosen;
  const [batch, setBatch] = useState<string>();
  // It outlasts a second look.
  const [reason, setReason] = useState('');
  const inputs = objects.map(({ input }) => input);
  const plan = useQuery({ ...batchPlanQuery(integration, { action: action.name, inputs }), enabled: batch === undefined });
  if (batch !== undefined)
    return (
      <Stack gap="md">
        <BatchProgress id={batch} labels={new Map(objects.map(({ input, label }) => [JSON.stringify(input), label]))} />
        <Group justify="flex-end" gap="xs">
          <ButtonLink to="/actions/batches/$id" params={{ id: batch }} variant="default">
            See all of it
          </ButtonLink>
          <Button onClick={onClose}>Close</Button>
        </Group>
      </Stack>
    );
  if (plan.isFetching)
    return (
      <Stack gap="sm">
        <NotGranted integration={integration} actions={[action]}>
          <ByHandSteps action={action} />
        </NotGranted>
        <Text size="sm" role="status">
          Looking at {objects.length.toLocaleString('en')} at the provider …
        </Text>
        <Loading height={180} />
      </Stack>
    );
  if (plan.data === undefined) return <Failed error={plan.error} retry={() => void plan.refetch()} />;
  return (
    <AgreeToAll
      chosen={chosen}
      planned={plan.data}
      reason={reason}
      onReason={setReason}
      onRequested={setBatch}
      onOutdated={() => void plan.refetch()}
      onClose={onClose}
    />
  );
}

interface AgreeToAllProps extends StepProps {
  readonly planned: ActionBatchPlanView;
  readonly reason: string;
  readonly onReason: (reason: string) => void;
  readonly onRequested: (id: string) => void;
  readonly onOutdated: () => void;
}

function AgreeToAll({ chosen, planned, reason, onReason, onRequested, onOutdated, onClose }: AgreeToAllProps) {
  const { integration, action, objects } = chosen;
  const [wish] = useState(() => `batch ${Date.now()} ${Math.random()}`);
  const request = useBatchRequest(({ id }) => onRequested(id));
  const isOutdated = request.error instanceof ApiError && request.error.code === 'action-outdated';
  const problem = refused(request.error, ['reason']);
  const items = planned.items.flatMap(({ planned: one, input }, index) =>
    one === null || !isToBeDone(one)
      ? []
      : [{ input, fingerprint: one.plan.fingerprint, ...objects[index]?.cause, ...takesBack(objects[index]) }],
  );
  const labels = objects.map(({ label }) => label);
  const offered = useQuery(offeredQuery(integration));
  const known = offered.data?.items.find(({ name }) => name === action.name);
  const said = reason.trim();
  if (isOutdated) return <Outdated onAgain={onOutdated} onClose={onClose} />;
  return (
    <DialogForm
      label={planned.needsApproval ? `Ask for approval of ${items.length}` : `${action.title}: ${items.length}`}
      danger={action.effect === 'destructive'}
      isPending={request.isPending}
      error={problem.whole}
      isIncomplete={items.length === 0}
      onSubmit={() =>
        request.mutate({
          integrationId: integration,
          action: action.name,
          items,
          wish,
          ...(said !== '' && { reason: said }),
        })
      }
      onCancel={onClose}
    >
      <Text size="sm">{action.summary} One after another; what is under way can be stopped.</Text>
      {/* The plans have the last word. */}
      {!planned.items.some((one) => one.planned?.canRun.ok) && (
        <NotGranted integration={integration} actions={known === undefined ? [] : [known]}>
          <ByHandSteps action={action} />
        </NotGranted>
      )}
      <BatchPlanned plan={batchPlan(planned.items, labels, chosen.leftOut)} />
      {planned.needsApproval && <Text size="sm">Another person has to agree, once for all of it, within 24 hours.</Text>}
      <Textarea
        label="Reason"
        description="It stands in the history and in the audit log."
        autosize
        minRows={2}
        maxLength={500}
        value={reason}
        error={problem.of('reason')}
        onChange={({ currentTarget }) => onReason(currentTarget.value.replaceAll(/\s*\n\s*/g, ' '))}
      />
    </DialogForm>
  );
}

const takesBack = (object: BatchObject | undefined): Pick<BatchObject, 'undoOf'> =>
  object?.undoOf === undefined ? {} : { undoOf: object.undoOf };

/** Of each of them. */
function ByHandSteps({ action: { byHand } }: { readonly action: OfferedAction }) {
  return (
    <section aria-label="By hand">
      <Text size="sm">Until then, by hand for each, in the provider’s own console:</Text>
      <ol className={styles['sentences']}>
        {byHand.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </section>
  );
}
