import { Button, Group, Input, PasswordInput, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { FormContext } from './form-context.js';
import type { FormField } from './form-schema.js';
import styles from './secret.module.css';

interface SecretControlProps {
  readonly field: Extract<FormField, { widget: 'secret' | 'multiline-secret' }>;
  readonly form: FormContext;
  readonly value: string;
  readonly onType: (text: string) => void;
  readonly name: string;
  readonly label: string;
  readonly description: string | undefined;
  readonly required: boolean;
  readonly error: string | undefined;
  readonly disabled: boolean;
  readonly onFocus: () => void;
  readonly onBlur: () => void;
}

/** A secret is written, never read: one that is stored says since when, and is replaced as a whole or left alone. */
export function SecretControl({ field, form, value, onType, ...props }: SecretControlProps) {
  const stored = form.stored.get(field.path);
  const [replacing, setReplacing] = useState(false);
  const [shown, setShown] = useState(false);
  if (stored !== undefined && !replacing)
    return (
      <Input.Wrapper label={props.label} description={props.description} error={props.error}>
        <Group gap="sm" mt={4}>
          <Text size="sm">{stored}</Text>
          <Button size="compact-sm" variant="default" disabled={props.disabled} onClick={() => setReplacing(true)}>
            Replace
          </Button>
        </Group>
      </Input.Wrapper>
    );
  const typing = {
    ...props,
    value,
    // A secret that people paste is longer than a field shows; what is too long is said, not cut off.
    spellCheck: false,
    autoComplete: 'off',
    autoFocus: replacing,
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => onType(event.currentTarget.value),
  };
  if (field.widget === 'secret')
    return (
      <PasswordInput
        {...typing}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': `Show what is typed into ${props.label}` }}
      />
    );
  return (
    <div>
      <Textarea
        {...typing}
        autosize
        minRows={3}
        maxRows={8}
        classNames={{ input: shown ? styles['plain'] : styles['hidden'] }}
      />
      <Button size="compact-xs" variant="subtle" mt={4} onClick={() => setShown(!shown)}>
        {shown ? 'Hide' : 'Show what is typed'}
      </Button>
    </div>
  );
}
