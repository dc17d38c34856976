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
  const { chosen, wanted, onClose } = props;
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
    return <NoPlan {...props} error={error} {...(isPassing(error) && { onRetry: () => void refetch() })} />;
  if (data.plan.state === 'done') return <SoAlready outcome={data.plan.outcome} onClose={onClose} />;
  if (!data.canRun.ok) return <NotFromHere {...props} planned={data} canRun={data.canRun} />;
  return <Agree {...props} planned={data} reason={reason} onReason={setReason} onOutdated={() => void refetch()} />;
}

interface NoPlanProps extends PlanStepProps {
  readonly error: Error | null;
  /** Left out: it would say the same. */
  readonly onRetry?: () => void;
}

/** What it would do is not known: what is refused, or may not even be looked at, is done by hand all the same. */
function NoPlan({ error, onRetry, ...step }: NoPlanProps) {
  const { onBack, onClose } = step;
  const isOfRights = isOf(error, 'connector-permission');
  const [isByHand, setByHand] = useState(isOfRights);
  return (
    <Stack gap="md">
      <Failed error={error} {...(onRetry !== undefined && { retry: onRetry })} />
      {isByHand ? (
        <ByHandStep {...step} onClose={isOfRights ? onClose : () => setByHand(false)} />
      ) : (
        <Group justify="flex-end" gap="xs">
          {isOf(error, 'action-refused') && (
            <Button variant="subtle" onClick={() => setByHand(true)}>
              By hand instead …
            </Button>
          )}
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

const isOf = (error: Error | null, code: ApiError['code']): boolean => error instanceof ApiError && error.code === code;

/** A refusal says why, and stays one. */
const isPassing = (error: Error | null): boolean => !isOf(error, 'action-refused');

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
