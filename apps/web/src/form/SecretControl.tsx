import { Button, PasswordInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { inputProps } from './field-props.js';
import type { FormContext } from './form-context.js';
import type { SecretField } from './form-schema.js';
import styles from './secret.module.css';
import { StoredSecret } from './StoredSecret.js';

interface SecretControlProps {
  readonly field: SecretField;
  readonly form: FormContext;
}

/**
 * A secret is written, never read: one that is stored says since when, and is replaced as a whole or left alone. Whether it is
 * replaced is what stands in `values` and nothing else: what is shown is what is sent.
 */
export function SecretControl({ field, form }: SecretControlProps) {
  const stored = form.stored.get(field.key);
  const value = form.values.get(field.key);
  // The button that was pressed goes away: what comes in its place has the focus, and only then.
  const [pressed, setPressed] = useState(false);
  if (stored === undefined) return <SecretInput field={field} form={form} />;
  const change = (next: string | null | undefined): void => {
    setPressed(true);
    form.change(field.key, next);
  };
  if (typeof value !== 'string')
    return <StoredSecret field={field} form={form} stored={stored} autoFocus={pressed} change={change} />;
  return (
    <div>
      <SecretInput
        field={field}
        form={form}
        autoFocus={pressed}
        {...(value.trim() === '' && { note: 'The stored one stays while this is empty.' })}
      />
      <Button
        size="compact-xs"
        variant="subtle"
        mt={4}
        aria-label={`Cancel: keep the stored ${field.label}`}
        disabled={form.disabled}
        onClick={() => change(undefined)}
      >
        Cancel
      </Button>
    </div>
  );
}

interface SecretInputProps extends SecretControlProps {
  readonly autoFocus?: boolean;
  readonly note?: string;
}

function SecretInput({ field, form, autoFocus = false, note }: SecretInputProps) {
  const [shown, setShown] = useState(false);
  const typing = {
    ...inputProps(field, form, note),
    value: String(form.values.get(field.key) ?? ''),
    spellCheck: false,
    autoFocus,
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      form.change(field.key, event.currentTarget.value),
  };
  const reveal = `Show what is typed into ${field.label}`;
  if (field.widget === 'secret')
    return (
      <PasswordInput
        {...typing}
        aria-invalid={form.issues.has(field.key)}
        autoComplete="new-password"
        visibilityToggleFocusable
        visibilityToggleButtonProps={{ 'aria-label': reveal }}
      />
    );
  return (
    <div>
      <Textarea
        {...typing}
        autoComplete="off"
        autosize
        minRows={3}
        maxRows={8}
        classNames={{ input: shown ? styles['plain'] : styles['hidden'] }}
      />
      <Button
        size="compact-xs"
        variant="subtle"
        mt={4}
        aria-label={reveal}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
      >
        {shown ? 'Hide' : 'Show what is typed'}
      </Button>
    </div>
  );
}
