import { Button, Paper, Radio, Stack } from '@mantine/core';
import { useId, useState } from 'react';
import { FieldControl } from './FieldControl.js';
import { fieldProps } from './field-props.js';
import type { FormContext } from './form-context.js';
import { isSaidOf } from './form-keys.js';
import type { VariantField } from './form-schema.js';
import { chosenVariant } from './form-values.js';

interface VariantControlProps {
  readonly field: VariantField;
  readonly form: FormContext;
}

/** Several ways to fill a part of the form: one is chosen, and only its fields are there. */
export function VariantControl({ field, form }: VariantControlProps) {
  const id = useId();
  const [opened, setOpened] = useState(false);
  const chosen = chosenVariant(form.values, field);
  const legacy = field.variants.filter((variant) => variant.legacy);
  // A way that somebody has, or that something is wrong with, is not folded away.
  const isNeeded = legacy.some((variant) => variant === chosen || isSaidOf(form.issues, variant.key));
  const isOpen = opened || isNeeded;
  const choose = (value: string): void => {
    // Nor is the one that was just left, from under the hand of who has left it.
    setOpened(isOpen);
    form.change(field.key, value);
  };
  return (
    <Paper withBorder p="md">
      <Stack gap="md">
        <Radio.Group {...fieldProps(field, form)} name={field.key} value={chosen?.value ?? ''} onChange={choose}>
          <Stack gap="xs" mt={4} id={id}>
            {!field.required && <Way form={form} at={field.key} value="" label="Not set" />}
            {[...field.variants.filter((variant) => !variant.legacy), ...(isOpen ? legacy : [])].map(
              ({ key, value, label }) => (
                <Way key={key} form={form} at={key} value={value} label={label} />
              ),
            )}
          </Stack>
        </Radio.Group>
        {legacy.length > 0 && !isNeeded && (
          <Button
            size="compact-xs"
            variant="subtle"
            style={{ alignSelf: 'start' }}
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => setOpened(!isOpen)}
          >
            {isOpen ? 'Hide older ways' : 'Show older ways'}
          </Button>
        )}
        {chosen?.fields.map((one) => (
          <FieldControl key={one.key} field={one} form={form} />
        ))}
      </Stack>
    </Paper>
  );
}

interface WayProps {
  readonly form: FormContext;
  /** The key that is entered. */
  readonly at: string;
  readonly value: string;
  readonly label: string;
}

function Way({ form, at, value, label }: WayProps) {
  return (
    <Radio value={value} label={label} disabled={form.disabled} onFocus={() => form.enter(at)} onBlur={() => form.leave(at)} />
  );
}
