import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { FormContext } from './form-context.js';
import type { FormField } from './form-schema.js';

export interface FieldProps {
  readonly label: string;
  readonly description: ReactNode;
  readonly error: ReactNode;
  readonly disabled: boolean;
  readonly 'data-autofocus'?: true;
}

/** What all fields show, whatever is typed into them. `note`: something of their own to say beside the hint. */
export function fieldProps(field: FormField, form: FormContext, note?: string): FieldProps {
  const issue = form.issues.get(field.key);
  const hint = [form.hints.get(field.key), note].filter((text) => text !== undefined).join(' ');
  return {
    label: field.label,
    // The status is there before it says something: one that comes together with its text is often not read out.
    description: (
      <>
        {field.help}
        <Text component="span" role="status" display="block" inherit c="var(--mantine-color-text)">
          {hint}
        </Text>
      </>
    ),
    error: issue !== undefined && <span role="alert">{issue}</span>,
    disabled: form.disabled,
    ...(form.asked === field.key && { 'data-autofocus': true as const }),
  };
}

/** For a field that is typed into. No `required` of the browser: it would keep the form from being sent, and the host from judging it. */
export function inputProps(field: FormField, form: FormContext, note?: string) {
  return {
    ...fieldProps(field, form, note),
    name: field.key,
    withAsterisk: field.required,
    'aria-required': field.required,
  };
}
