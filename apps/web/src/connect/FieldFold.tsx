import type { FormField } from '../form/form-schema.js';
import { chosenVariant, type FormValues } from '../form/form-values.js';
import styles from './connect.module.css';
import { GuideSteps } from './GuideSteps.js';

interface FieldFoldProps {
  readonly field: FormField;
  readonly values: FormValues;
}

/** Where there is no room beside the form, what to do for a field is folded away below it: always there, so that nothing jumps. */
export function FieldFold({ field, values }: FieldFoldProps) {
  const way = field.widget === 'variant' ? chosenVariant(values, field) : undefined;
  const guide = way?.guide ?? field.guide;
  if (guide === undefined) return null;
  const what = way === undefined ? field.label : `${field.label}: ${way.label}`;
  return (
    <details className={styles['fold']}>
      <summary>What to do: {what}</summary>
      <GuideSteps guide={guide} />
    </details>
  );
}
