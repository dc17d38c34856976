import { Button, Group, Input, Text } from '@mantine/core';
import { useId } from 'react';
import { fieldProps } from './field-props.js';
import type { FormContext } from './form-context.js';
import type { SecretField } from './form-schema.js';

interface StoredSecretProps {
  readonly field: SecretField;
  readonly form: FormContext;
  /** "Set 3 days ago by Ana". */
  readonly stored: string;
  readonly autoFocus: boolean;
  /** A text to begin a new one with, `null` to remove it, `undefined` to keep it. */
  readonly change: (value: string | null | undefined) => void;
}

/** Stands for a secret that nobody can read, and says what will become of it. */
export function StoredSecret({ field, form, stored, autoFocus, change }: StoredSecretProps) {
  const id = useId();
  const { disabled, ...props } = fieldProps(field, form);
  const isRemoved = form.values.get(field.key) === null;
  const described = form.issues.has(field.key) ? `${id}-description ${id}-error` : `${id}-description`;
  const button = (does: string, value: string | null | undefined, focused = false) => (
    <Button
      key={does}
      size="compact-sm"
      variant="default"
      disabled={disabled}
      autoFocus={focused}
      aria-label={`${does} ${field.label}`}
      aria-describedby={described}
      onClick={() => change(value)}
    >
      {does}
    </Button>
  );
  return (
    <Input.Wrapper
      {...props}
      role="group"
      aria-labelledby={`${id}-label`}
      labelElement="div"
      labelProps={{ id: `${id}-label` }}
      descriptionProps={{ id: `${id}-description` }}
      errorProps={{ id: `${id}-error` }}
    >
      <Group gap="sm" mt={4}>
        <Text size="sm">{isRemoved ? 'Will be removed' : stored}</Text>
        {isRemoved ? button('Keep', undefined, autoFocus) : button('Replace', '', autoFocus)}
        {!isRemoved && !field.required && button('Remove', null)}
      </Group>
    </Input.Wrapper>
  );
}
