import { NumberInput, Select, Switch, TextInput } from '@mantine/core';
import type { FocusEvent } from 'react';
import { fieldProps, inputProps } from './field-props.js';
import type { FormContext } from './form-context.js';
import type { FormField } from './form-schema.js';
import { valueOf } from './form-values.js';
import { ListControl } from './ListControl.js';
import { SecretControl } from './SecretControl.js';
import { VariantControl } from './VariantControl.js';

/** One field: its label, its help, what stands in it, and what is wrong with that. */
export function FieldControl({ field, form }: { readonly field: FormField; readonly form: FormContext }) {
  if (field.widget === 'variant')
    return (
      <div>
        <VariantControl field={field} form={form} />
        {form.below?.(field.key)}
      </div>
    );
  return (
    <div onFocus={() => form.enter(field.key)} onBlur={(event) => isLeft(event) && form.leave(field.key)}>
      {inputOf(field, form)}
      {form.below?.(field.key)}
    </div>
  );
}

/** A field is left when the focus goes out of it, not from its input to its button. */
function isLeft({ currentTarget, relatedTarget }: FocusEvent): boolean {
  return !currentTarget.contains(relatedTarget);
}

function inputOf(field: Exclude<FormField, { widget: 'variant' }>, form: FormContext) {
  const value = valueOf(form.values, field);
  const change = (next: string | number | boolean): void => form.change(field.key, next);
  switch (field.widget) {
    case 'secret':
    case 'multiline-secret':
      return <SecretControl field={field} form={form} />;
    case 'text-list':
      return <ListControl field={field} form={form} />;
    case 'number':
      return (
        <NumberInput
          {...inputProps(field, form)}
          placeholder={placeholderOf(field)}
          value={typeof value === 'number' ? value : String(value)}
          // The field takes what is typed and the host says what is wrong: a number that changes by itself is no answer.
          clampBehavior="none"
          allowDecimal={!field.integer}
          {...(field.min !== undefined && { min: field.min })}
          {...(field.max !== undefined && { max: field.max })}
          onChange={change}
        />
      );
    case 'switch':
      return (
        <Switch
          {...fieldProps(field, form)}
          name={field.key}
          // Its label holds the help and the issue, too, and all of that would be its name.
          aria-label={field.label}
          aria-invalid={form.issues.has(field.key)}
          checked={value === true}
          onChange={(event) => change(event.currentTarget.checked)}
        />
      );
    case 'select':
      return (
        <Select
          {...inputProps(field, form)}
          data={field.options.map((option) => ({ value: option.value, label: option.label }))}
          value={value === '' ? null : String(value)}
          placeholder={field.placeholder ?? 'Choose'}
          // Where the host would take its default, an empty field would hide what counts.
          allowDeselect={!field.required && field.initial === undefined}
          onChange={(chosen) => change(chosen ?? '')}
        />
      );
    default:
      return (
        <TextInput
          {...inputProps(field, form)}
          placeholder={placeholderOf(field)}
          spellCheck={false}
          autoComplete="off"
          value={String(value)}
          onChange={(event) => change(event.currentTarget.value)}
        />
      );
  }
}

/** What counts when the field is empty, unless there is something better to show. */
function placeholderOf({ placeholder, initial }: FormField): string {
  return placeholder ?? (typeof initial === 'string' || typeof initial === 'number' ? String(initial) : '');
}
