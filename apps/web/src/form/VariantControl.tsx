import { Fieldset, Radio, Stack } from '@mantine/core';
import { FieldControl } from './FieldControl.js';
import type { FormContext } from './form-context.js';
import type { VariantField } from './form-schema.js';
import { chosenVariant } from './form-values.js';

/** Several ways to fill a part of the form: one is chosen, and only its fields are there. Ways from before come last. */
export function VariantControl({ field, form }: { readonly field: VariantField; readonly form: FormContext }) {
  const chosen = chosenVariant(form.values, field);
  const ordered = [...field.variants.filter(({ legacy }) => !legacy), ...field.variants.filter(({ legacy }) => legacy)];
  return (
    <Fieldset legend={field.label}>
      <Stack gap="md">
        <Radio.Group
          name={field.discriminator}
          aria-label={field.label}
          description={field.help}
          error={form.issues.get(field.discriminator) ?? form.issues.get(field.path)}
          value={chosen?.value ?? null}
          onChange={(value) => form.change(field.discriminator, value)}
        >
          <Stack gap="xs">
            {ordered.map(({ value, label }) => (
              <Radio key={value} value={value} label={label} disabled={form.disabled} onFocus={() => form.enter(field.path)} />
            ))}
          </Stack>
        </Radio.Group>
        {chosen?.fields.map((one) => (
          <FieldControl key={`${chosen.value}:${one.path}`} field={one} form={form} variant={chosen} />
        ))}
      </Stack>
    </Fieldset>
  );
}
