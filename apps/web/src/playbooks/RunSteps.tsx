import type { PlaybookDetail, PlaybookRunView, PlaybookStepLog } from '@castellan/api';
import { Text } from '@mantine/core';
import { Ago } from '../states/Ago.js';
import { Flow, FlowCard } from './Flow.js';
import { AHEAD, KIND_LOOKS, stepLook } from './playbook-words.js';
import { RunItems } from './RunItems.js';
import { StepDecision } from './StepDecision.js';
import styles from './playbooks.module.css';

interface RunStepsProps {
  readonly run: PlaybookRunView;
  /** Of the version that the run goes by, where there is one still. */
  readonly playbook: PlaybookDetail | undefined;
}

/** What has begun, in its order, and what may come after it. */
export function RunSteps({ run, playbook }: RunStepsProps) {
  const { log, step: now, endedAt } = run;
  const at = playbook?.steps.findIndex(({ id }) => id === log.at(-1)?.step) ?? -1;
  const ahead = endedAt === null && run.end === null ? (playbook?.steps.slice(at + 1) ?? []) : [];
  return (
    <Flow label="Steps of the run">
      {log.map((step, index) => (
        <RunStep key={step.step} run={run} step={step} number={index + 1} isNow={step.step === now} />
      ))}
      {ahead.map(({ id, title, kind }, index) => (
        <FlowCard key={id} mark={log.length + index + 1} title={title} look={AHEAD} isFaint>
          <Text size="xs" c="dimmed">
            {KIND_LOOKS[kind].word}
          </Text>
        </FlowCard>
      ))}
    </Flow>
  );
}

interface RunStepProps {
  readonly run: PlaybookRunView;
  readonly step: PlaybookStepLog;
  readonly number: number;
  readonly isNow: boolean;
}

function RunStep({ run, step, number, isNow }: RunStepProps) {
  const { kind, title, state, beganAt, endedAt, dueAt, message, items, decidedBy, note } = step;
  const isOpen = state === 'open';
  return (
    <FlowCard mark={number} title={title} look={stepLook(step)} isNow={isNow} isFaint={state === 'skipped'}>
      <Text size="xs" c="dimmed">
        {KIND_LOOKS[kind].word} · begun <Ago at={beganAt} />
        {endedAt !== null && endedAt !== beganAt && (
          <>
            {' '}
            · ended <Ago at={endedAt} />
          </>
        )}
        {isOpen && dueAt !== null && (
          <>
            {' '}
            · due <Ago at={dueAt} isAhead />
          </>
        )}
      </Text>
      {message !== null && <Text size="sm">{message}</Text>}
      {decidedBy !== null && (
        <Text size="sm">
          {decidedBy.name}
          {note === null ? ' has decided, without a note.' : `: “${note}”`}
        </Text>
      )}
      {items.length > 0 && <RunItems run={run} step={step} />}
      {isOpen && kind === 'approval' && run.endedAt === null && (
        <div className={styles['asked']}>
          <StepDecision run={run} step={step} />
        </div>
      )}
    </FlowCard>
  );
}
