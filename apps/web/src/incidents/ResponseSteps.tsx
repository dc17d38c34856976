import { Checkbox, Text } from '@mantine/core';
import { useSessionStorage } from '@mantine/hooks';
import { Panel } from '../states/Panel.js';
import styles from './incidents.module.css';

interface ResponseStepsProps {
  /** Id of the incident. */
  readonly id: string;
  readonly steps: readonly string[];
}

/** What to do, to be ticked off. */
export function ResponseSteps({ id, steps }: ResponseStepsProps) {
  const [done, setDone] = useSessionStorage<readonly string[]>({ key: `castellan-response-${id}`, defaultValue: [] });
  if (steps.length === 0) return null;
  return (
    <Panel
      title="What to do"
      aside={
        <Text size="sm" c="dimmed" role="status">
          {steps.filter((step) => done.includes(step)).length} of {steps.length} done
        </Text>
      }
    >
      <ol className={styles['steps']}>
        {steps.map((step) => (
          <li key={step}>
            <Checkbox
              size="xs"
              label={step}
              checked={done.includes(step)}
              onChange={({ currentTarget }) =>
                setDone(currentTarget.checked ? [...done, step] : done.filter((one) => one !== step))
              }
            />
          </li>
        ))}
      </ol>
      <Text size="xs" c="dimmed">
        The ticks are yours alone, and gone with this tab: what others should know of, say in a comment.
      </Text>
    </Panel>
  );
}
