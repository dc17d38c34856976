import { NumberInput, Select, Switch, Textarea, TextInput } from '@mantine/core';
import type { FormContext } from './form-context.js';
import type { FormField, FormVariant } from './form-schema.js';
import { keyOf, valueOf } from './form-values.js';
import { FieldNote } from './FieldNote.js';
import { SecretControl } from './SecretControl.js';
import { VariantControl } from './VariantControl.js';

interface ControlProps {
  readonly field: FormField;
  readonly form: FormContext;
  /** The way to fill a part of the form that the field belongs to. */
  readonly variant?: FormVariant | undefined;
}

/** One field: its label, its help, what stands in it, and what is wrong with that. */
export function FieldControl({ field, form, variant }: ControlProps) {
  if (field.widget === 'variant') return <VariantControl field={field} form={form} />;
  const key = keyOf(field, variant);
  const value = valueOf(form.values, field, variant);
  const props = {
    name: key,
    label: field.label,
    description: field.help,
    required: field.required,
    error: form.issues.get(field.path),
    disabled: form.disabled,
    onFocus: () => form.enter(field.path),
    onBlur: () => form.leave(field.path),
  };
  return (
    <div>
      {inputOf(field, form, { props, key, value, variant })}
      <FieldNote text={form.hints.get(field.path)} />
    </div>
  );
}

interface Input {
  readonly props: {
    readonly name: string;
    readonly label: string;
    readonly description: string | undefined;
    readonly required: boolean;
    readonly error: string | undefined;
    readonly disabled: boolean;
    readonly onFocus: () => void;
    readonly onBlur: () => void;
  };
  readonly key: string;
  readonly value: string | number | boolean;
  readonly variant: FormVariant | undefined;
}

function inputOf(field: Exclude<FormField, { widget: 'variant' }>, form: FormContext, { props, key, value }: Input) {
  const typed = String(value);
  switch (field.widget) {
    case 'secret':
    case 'multiline-secret':
      return <SecretControl {...props} field={field} form={form} value={typed} onType={(text) => form.change(key, text)} />;
    case 'number':
      return (
        <NumberInput
          {...props}
          value={typeof value === 'boolean' ? '' : value}
          // The field takes what is typed and the host says what is wrong: a number that changes by itself is no answer.
          clampBehavior="none"
          allowDecimal={!field.integer}
          {...(field.min !== undefined && { min: field.min })}
          {...(field.max !== undefined && { max: field.max })}
          onChange={(next) => form.change(key, next)}
        />
      );
    case 'switch': {
      const { required: _, ...rest } = props;
      return <Switch {...rest} checked={value === true} onChange={(event) => form.change(key, event.currentTarget.checked)} />;
    }
    case 'text-list':
      return (
        <Textarea
          {...props}
          autosize
          minRows={2}
          maxRows={8}
          placeholder={field.placeholder ?? ''}
          value={typed}
          onChange={(event) => form.change(key, event.currentTarget.value)}
        />
      );
    case 'select':
      return (
        <Select
          {...props}
          data={field.options.map((option) => ({ value: option.value, label: option.label }))}
          value={typed === '' ? null : typed}
          placeholder={field.placeholder ?? 'Choose'}
          onChange={(chosen) => form.change(key, chosen ?? '')}
        />
      );
    default:
      return (
        <TextInput
          {...props}
          placeholder={field.placeholder ?? ''}
          maxLength={field.maxLength}
          spellCheck={false}
          autoComplete="off"
          value={typed}
          onChange={(event) => form.change(key, event.currentTarget.value)}
        />
      );
  }
}
