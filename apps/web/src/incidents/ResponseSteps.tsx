import type { IncidentDetail } from '@castellan/api';
import { Button, Checkbox, Text } from '@mantine/core';
import { useSessionStorage } from '@mantine/hooks';
import { useId, useState } from 'react';
import { countedRules } from '../detection/rule-words.js';
import { Panel } from '../states/Panel.js';
import styles from './incidents.module.css';
import { type ResponseStep, type StepsOfRule, stepsByRule } from './response-steps.js';

/** What to do, to be ticked off: what the rule says that the incident is called by, and what others say besides when somebody asks. */
export function ResponseSteps({ incident }: { readonly incident: IncidentDetail }) {
  const [done, setDone] = useSessionStorage<readonly string[]>({
    key: `castellan-response-${incident.id}`,
    defaultValue: [],
  });
  const [isOpen, setOpen] = useState(false);
  const [first, ...others] = stepsByRule(incident);
  if (first === undefined) return null;
  const all = [first, ...others].flatMap(({ steps }) => steps);
  const more = all.length - first.steps.length;
  const list = (of: StepsOfRule) => (
    <StepList
      key={of.title}
      of={of}
      hasTitle={others.length > 0}
      done={done}
      onTick={(text, isDone) => setDone(isDone ? [...done, text] : done.filter((one) => one !== text))}
    />
  );
  return (
    <Panel
      title="What to do"
      aside={
        <Text size="sm" c="dimmed" role="status">
          {all.filter(({ text }) => done.includes(text)).length} of {all.length} done
        </Text>
      }
    >
      {list(first)}
      {isOpen && others.map(list)}
      {more > 0 && (
        <div>
          <Button size="compact-sm" variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? 'Fold what other rules say' : `${moreSteps(more)}, of ${countedRules(others.length)}`}
          </Button>
        </div>
      )}
      <Text size="xs" c="dimmed">
        The ticks are yours alone, and gone with this tab: what others should know of, say in a comment.
      </Text>
    </Panel>
  );
}

const moreSteps = (count: number): string => `${count.toLocaleString('en')} more ${count === 1 ? 'step' : 'steps'}`;

interface StepListProps {
  readonly of: StepsOfRule;
  /** Whose steps they are is said where there are those of others. */
  readonly hasTitle: boolean;
  readonly done: readonly string[];
  readonly onTick: (text: string, isDone: boolean) => void;
}

function StepList({ of: { title, steps }, hasTitle, done, onTick }: StepListProps) {
  const heading = useId();
  return (
    <div>
      {hasTitle && (
        <Text id={heading} size="sm" fw={550} mb={6}>
          {title}
        </Text>
      )}
      <ol className={styles['steps']} {...(hasTitle && { 'aria-labelledby': heading })}>
        {steps.map(({ text, also }) => (
          <li key={text}>
            <Checkbox
              size="xs"
              label={text}
              description={alsoWords(also)}
              classNames={{ description: styles['also'] ?? '' }}
              checked={done.includes(text)}
              onChange={({ currentTarget }) => onTick(text, currentTarget.checked)}
            />
          </li>
        ))}
      </ol>
    </div>
  );
}

function alsoWords(also: ResponseStep['also']): string | undefined {
  if (also.length === 0) return undefined;
  return `Also of: ${also.join('; ')}`;
}
