import type { ActionPlanInput, ActionPlanView, ActionRequestView } from '@castellan/api';
import { Alert, Button, Code, Group, Stack, Text, Textarea } from '@mantine/core';
import { IconCircleCheck, IconHandClick } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../api/api-error.js';
import { DialogForm } from '../states/DialogForm.js';
import { Failed } from '../states/Failed.js';
import { Loading } from '../states/Loading.js';
import { refused } from '../states/refused.js';
import type { Chosen } from './ActDialog.js';
import { offeredQuery, planQuery, useRequest } from './action-queries.js';
import { ByHandStep } from './ByHandStep.js';
import { Outdated } from './Outdated.js';
import { PlanView } from './PlanView.js';

interface PlanStepProps {
  readonly chosen: Chosen;
  readonly wanted: ActionPlanInput;
  readonly onRequested: (request: ActionRequestView) => void;
  /** To what it is told; left out: nothing was asked. */
  readonly onBack?: () => void;
  readonly onClose: () => void;
}

/** What would be done, as the provider is now; then somebody agrees to it. */
export function PlanStep(props: PlanStepProps) {
  const { chosen, wanted, onBack, onClose } = props;
  const { data, error, isFetching, refetch } = useQuery(planQuery(chosen.integration, wanted));
  // It outlasts a second look.
  const [reason, setReason] = useState('');
  if (isFetching)
    return (
      <Stack gap="sm">
        <Text size="sm" role="status">
          Looking at the provider …
        </Text>
        <Loading height={180} />
      </Stack>
    );
  if (data === undefined)
    return (
      <Stack gap="md">
        <Failed error={error} {...(isPassing(error) && { retry: () => void refetch() })} />
        {isOfRights(error) ? (
          <ByHandStep {...props} />
        ) : (
          <Group justify="flex-end" gap="xs">
            {onBack !== undefined && (
              <Button variant="default" onClick={onBack}>
                Change what it is told
              </Button>
            )}
            <Button variant="default" onClick={onClose}>
              Close
            </Button>
          </Group>
        )}
      </Stack>
    );
  if (data.plan.state === 'done') return <SoAlready outcome={data.plan.outcome} onClose={onClose} />;
  if (!data.canRun.ok) return <NotFromHere {...props} planned={data} canRun={data.canRun} />;
  return <Agree {...props} planned={data} reason={reason} onReason={setReason} onOutdated={() => void refetch()} />;
}

interface NotFromHereProps extends PlanStepProps {
  readonly planned: ActionPlanView;
  readonly canRun: Extract<ActionPlanView['canRun'], { readonly ok: false }>;
}

/** What it would do is known, and that it cannot be done from here. */
function NotFromHere({ planned, canRun, ...step }: NotFromHereProps) {
  const { data: offered } = useQuery(offeredQuery(step.chosen.integration));
  return (
    <Stack gap="md">
      <PlanView integration={step.chosen.integration} plan={planned.plan} losses={planned} actions={offered?.items ?? []} />
      <Alert color="gray" variant="light" icon={<IconHandClick size={18} aria-hidden />} title="It cannot be done from here">
        <Text size="sm">{canRun.message}</Text>
        {canRun.missing.length > 0 && (
          <Text size="sm">
            Missing: <Code>{canRun.missing.join(', ')}</Code>
          </Text>
        )}
      </Alert>
      <ByHandStep {...step} />
    </Stack>
  );
}

/** What may not even be looked at is done by hand all the same. */
const isOfRights = (error: Error | null): boolean => error instanceof ApiError && error.code === 'connector-permission';

/** A refusal says why, and stays one. */
function isPassing(error: Error | null): boolean {
  return !(error instanceof ApiError) || error.code !== 'action-refused';
}

function SoAlready({ outcome, onClose }: { readonly outcome: string; readonly onClose: () => void }) {
  return (
    <Stack gap="md">
      <Alert color="green" variant="light" icon={<IconCircleCheck size={18} aria-hidden />} title="It is so already">
        {outcome} Nothing has to be done.
      </Alert>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          Close
        </Button>
      </Group>
    </Stack>
  );
}

interface AgreeProps extends PlanStepProps {
  readonly planned: ActionPlanView;
  readonly reason: string;
  readonly onReason: (reason: string) => void;
  readonly onOutdated: () => void;
}

function Agree({ chosen, wanted, planned, reason, onReason, onRequested, onOutdated, onClose }: AgreeProps) {
  const { integration, action, cause, undoOf } = chosen;
  const { plan, needsApproval } = planned;
  const { data: offered } = useQuery(offeredQuery(integration));
  const [isByHand, setByHand] = useState(false);
  // Pressed twice, or sent again by a bad line, it is one wish.
  const [wish] = useState(() => `page ${Date.now()} ${Math.random()}`);
  const request = useRequest(onRequested);
  const isOutdated = request.error instanceof ApiError && request.error.code === 'action-outdated';
  const problem = refused(isOutdated ? null : request.error, ['reason']);
  const said = reason.trim();
  if (isByHand)
    return <ByHandStep chosen={chosen} wanted={wanted} onRequested={onRequested} onClose={() => setByHand(false)} />;
  if (isOutdated) return <Outdated onAgain={onOutdated} onClose={onClose} />;
  return (
    <DialogForm
      label={needsApproval ? 'Ask for approval' : action.title}
      danger={action.effect === 'destructive'}
      isPending={request.isPending}
      error={problem.whole}
      onSubmit={() =>
        request.mutate({
          ...wanted,
          integrationId: integration,
          fingerprint: plan.fingerprint,
          wish,
          ...cause,
          ...(undoOf !== undefined && { undoOf }),
          ...(said !== '' && { reason: said }),
        })
      }
      onCancel={onClose}
    >
      <PlanView integration={integration} plan={plan} losses={planned} actions={offered?.items ?? []} />
      {needsApproval && (
        <Text size="sm">It is heavy: another person has to agree within 24 hours. Until then nothing is done.</Text>
      )}
      <Textarea
        label="Reason"
        description={
          needsApproval
            ? 'Whoever has to agree reads it. It stands in the audit log.'
            : 'Whoever looks at the history reads it. It stands in the audit log.'
        }
        data-autofocus
        autosize
        minRows={2}
        maxLength={500}
        value={reason}
        error={problem.of('reason')}
        // The host takes one line.
        onChange={({ currentTarget }) => onReason(currentTarget.value.replaceAll(/\s*\n\s*/g, ' '))}
      />
      <Group>
        <Button size="compact-sm" variant="subtle" onClick={() => setByHand(true)}>
          By hand instead …
        </Button>
      </Group>
    </DialogForm>
  );
}
