import { Paper, Radio, Stack } from '@mantine/core';
import { FieldControl } from './FieldControl.js';
import { fieldProps } from './field-props.js';
import type { FormContext } from './form-context.js';
import type { VariantField } from './form-schema.js';
import { chosenVariant } from './form-values.js';

interface VariantControlProps {
  readonly field: VariantField;
  readonly form: FormContext;
}

/** Several ways to fill a part of the form, those from before last: one is chosen, and only its fields are there. */
export function VariantControl({ field, form }: VariantControlProps) {
  const chosen = chosenVariant(form.values, field);
  const ways = field.variants.toSorted((one, other) => Number(one.legacy) - Number(other.legacy));
  return (
    <Paper withBorder p="md">
      <Stack gap="md">
        <Radio.Group
          {...fieldProps(field, form)}
          name={field.key}
          value={chosen?.value ?? ''}
          onChange={(value) => form.change(field.key, value)}
        >
          <Stack gap="xs" mt={4}>
            {!field.required && <Way form={form} at={field.key} value="" label="Not set" />}
            {ways.map(({ key, value, label }) => (
              <Way key={key} form={form} at={key} value={value} label={label} />
            ))}
          </Stack>
        </Radio.Group>
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
