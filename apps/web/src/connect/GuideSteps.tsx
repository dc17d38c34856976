import type { FieldGuide } from '@castellan/form-schema';
import { Stack } from '@mantine/core';
import styles from './connect.module.css';
import { CopyText } from './CopyText.js';

/** What to do at the provider, in order, and what to copy from here. */
export function GuideSteps({ guide: { steps, copy = [] } }: { readonly guide: FieldGuide }) {
  return (
    <Stack gap="sm">
      <Steps steps={steps} />
      {copy.map(({ label, text }) => (
        <CopyText key={label} label={label} text={text} />
      ))}
    </Stack>
  );
}

export function Steps({ steps }: { readonly steps: readonly string[] }) {
  return (
    <ol className={styles['steps']}>
      {steps.map((step) => (
        <li key={step}>
          {/* Names stand between two double asterisks: every second part is one. */}
          {step.split('**').map((part, index) => (index % 2 === 1 ? <b key={`${index}${part}`}>{part}</b> : part))}
        </li>
      ))}
    </ol>
  );
}
