import { Button } from '@mantine/core';
import type { FormField } from '../form/form-schema.js';
import { chosenVariant } from '../form/form-values.js';
import styles from './connect.module.css';
import type { Connection } from './connection.js';

interface JumpToGuideProps {
  readonly field: FormField;
  readonly connection: Connection;
}

/** The way from a field to the steps beside it that leads past no other field, which would bring its own. */
export function JumpToGuide({ field, connection: { form, goBeside } }: JumpToGuideProps) {
  const way = field.widget === 'variant' ? chosenVariant(form.values, field) : undefined;
  if ((way?.guide ?? field.guide) === undefined) return null;
  return (
    <div className={styles['jumps']}>
      <Button size="compact-xs" variant="filled" className={styles['jump']} onClick={() => goBeside(way?.key ?? field.key)}>
        Go to the steps: {way?.label ?? field.label}
      </Button>
    </div>
  );
}
