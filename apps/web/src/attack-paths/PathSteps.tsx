import type { PathStep, StepFix } from '@castellan/api';
import { Text } from '@mantine/core';
import { HowToClose } from './HowToClose.js';
import { StepEnd } from './PathEnd.js';
import { becauseWords, endWords, stepWords } from './step-words.js';
import styles from './attack-paths.module.css';

interface PathStepsProps {
  readonly steps: readonly PathStep[];
  readonly fixes: readonly StepFix[];
  readonly integration: string;
}

/** A way, step by step; the last leads to tier zero. */
export function PathSteps({ steps, fixes, integration }: PathStepsProps) {
  return (
    <ol className={styles['steps']}>
      {steps.map((step) => (
        <li key={`${step.from.kind} ${step.from.key} ${step.kind} ${endWords(step)}`}>
          <Text span size="sm" c="dimmed">
            {stepWords(step.kind)}
          </Text>{' '}
          <StepEnd step={step} integration={integration} />
          {becauseWords(step) !== undefined && (
            <Text span size="xs" c="dimmed">
              {' '}
              {becauseWords(step)}
            </Text>
          )}
          <HowToClose kind={step.kind} fixes={fixes} isFolded />
        </li>
      ))}
    </ol>
  );
}
