import { type ActionDecisionsView, type ActionRequestView, MOST_BATCHED, MOST_DECIDED } from '@castellan/api';
import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AnchorLink } from '../shell/links.js';
import { Dialog } from '../states/Dialog.js';
import { DialogForm } from '../states/DialogForm.js';
import { useDecisions } from './action-queries.js';
import { type BatchLine, batchPlan } from './batch-plan.js';
import { batchPlanQuery } from './batch-queries.js';
import { Scrolled } from './Scrolled.js';
import type { WaitingStep } from './step-groups.js';
import styles from './actions.module.css';

interface StepDialogProps {
  /** `undefined`: it is closed. */
  readonly step: WaitingStep | undefined;
  readonly onClose: () => void;
}

/** Decides on what a step of a playbook asks for, all of it or some. */
export function StepDialog({ step, onClose }: StepDialogProps) {
  const title = step === undefined ? '' : `${step.requests[0].title}: ${step.requests.length.toLocaleString('en')}`;
  return (
    <Dialog title={title} size="lg" opened={step !== undefined} onClose={onClose}>
      {step !== undefined && <Decide requests={step.requests.slice(0, MOST_DECIDED)} onClose={onClose} />}
    </Dialog>
  );
}

interface DecideProps {
  readonly requests: readonly ActionRequestView[];
  readonly onClose: () => void;
}

function Decide({ requests, onClose }: DecideProps) {
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set());
  const [result, setResult] = useState<ActionDecisionsView>();
  const decisions = useDecisions((view) => (view.refused.length === 0 ? onClose() : setResult(view)));
  const lines = useLines(requests);
  const chosen = requests.filter(({ id }) => !leftOut.has(id)).map(({ id }) => id);
  const [first] = requests;
  if (result !== undefined) return <NotDecided requests={requests} result={result} onClose={onClose} />;
  const toggle = (id: string): void =>
    setLeftOut((before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]));
  const count = chosen.length.toLocaleString('en');
  return (
    <DialogForm
      label={`Approve ${count}`}
      danger
      isPending={decisions.isPending}
      isIncomplete={chosen.length === 0}
      error={decisions.error ?? undefined}
      onSubmit={() => decisions.mutate({ decision: 'approve', requests: chosen })}
      onCancel={onClose}
    >
      <Text size="sm">
        {first?.requestedBy.name} asks for it: “{first?.reason}”. What you approve is done right after, each if nothing has
        changed since it was planned. What is left out goes on waiting.
      </Text>
      {lines.ofEach.length > 0 && <Text size="sm">Of each: {lines.ofEach.join(' ')}</Text>}
      <Scrolled label="Each object">
        <ul className={styles['rows']} aria-label="To be decided">
          {requests.map((request) => (
            <li key={request.id} className={styles['row']}>
              <Object
                request={request}
                line={lines.of(request)}
                isChosen={!leftOut.has(request.id)}
                onToggle={() => toggle(request.id)}
              />
            </li>
          ))}
        </ul>
      </Scrolled>
      <Group>
        <Button
          size="compact-sm"
          variant="default"
          disabled={chosen.length === 0 || decisions.isPending}
          onClick={() => decisions.mutate({ decision: 'reject', requests: chosen })}
        >
          Reject {count}
        </Button>
      </Group>
    </DialogForm>
  );
}

interface ObjectProps {
  readonly request: ActionRequestView;
  readonly line: BatchLine | undefined;
  readonly isChosen: boolean;
  readonly onToggle: () => void;
}

function Object({ request: { id, subject, plan }, line, isChosen, onToggle }: ObjectProps) {
  return (
    <div>
      <Checkbox
        size="sm"
        label={subject.name}
        checked={isChosen}
        onChange={onToggle}
        styles={{ label: { overflowWrap: 'anywhere', fontWeight: 550 } }}
      />
      <Text size="sm">
        {/* What it was when it was asked for, while nobody knows how it is now. */}
        {(line?.sentences ?? [plan.outcome, ...plan.consequences]).join(' ')}
      </Text>
      {line !== undefined && line.leftOut !== null && (
        <Text size="sm" c="var(--castellan-red)">
          It would not be done: {line.leftOut}
        </Text>
      )}
      <AnchorLink to="/actions/$id" params={{ id }} size="xs" aria-label={`All of it: ${subject.name}`}>
        All of it
      </AnchorLink>
    </div>
  );
}

interface Lines {
  readonly ofEach: readonly string[];
  readonly of: (request: ActionRequestView) => BatchLine | undefined;
}

/** As each would be done now, with what is lost. */
function useLines(requests: readonly ActionRequestView[]): Lines {
  const looked = requests.slice(0, MOST_BATCHED);
  const [first] = looked;
  const wanted = { action: first?.action ?? '', inputs: looked.map(({ input }) => input) };
  const { data } = useQuery(batchPlanQuery(first?.integration.id ?? '', wanted));
  if (data === undefined) return { ofEach: [], of: () => undefined };
  const { ofEach, lines } = batchPlan(
    data.items,
    looked.map(({ subject }) => subject.name),
  );
  const byKey = new Map(lines.map((line) => [line.key, line]));
  const fingerprints = new Map(data.items.map(({ input, planned }) => [JSON.stringify(input), planned?.plan.fingerprint]));
  return {
    ofEach,
    of: ({ input, plan }) => {
      const key = JSON.stringify(input);
      const line = byKey.get(key);
      if (line === undefined || line.leftOut !== null || fingerprints.get(key) === plan.fingerprint) return line;
      return { ...line, leftOut: 'it is not as it was when this was asked for. Reject it, and ask for it anew.' };
    },
  };
}

interface NotDecidedProps extends DecideProps {
  readonly result: ActionDecisionsView;
}

function NotDecided({ requests, result: { decided, refused }, onClose }: NotDecidedProps) {
  const names = new Map(requests.map(({ id, subject }) => [id, subject.name]));
  return (
    <Stack gap="md" role="alert">
      <Text size="sm">
        {decided.length.toLocaleString('en')} of {(decided.length + refused.length).toLocaleString('en')} were decided. These
        were not:
      </Text>
      <ul>
        {refused.map(({ request, problem }) => (
          <li key={request}>
            <Text size="sm">
              {names.get(request)}: {problem.message}
            </Text>
          </li>
        ))}
      </ul>
      <Group justify="flex-end">
        <Button onClick={onClose}>Close</Button>
      </Group>
    </Stack>
  );
}
