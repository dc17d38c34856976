import { Textarea } from '@mantine/core';
import { inputProps } from './field-props.js';
import type { FormContext } from './form-context.js';
import type { FormField } from './form-schema.js';
import { type FormValue, valueOf } from './form-values.js';

/** A list, an entry a line. What is typed goes to the host as it is, which parts it at line breaks and commas. */
export function ListControl({ field, form }: { readonly field: FormField; readonly form: FormContext }) {
  const value = valueOf(form.values, field);
  return (
    <Textarea
      {...inputProps(field, form)}
      autosize
      minRows={2}
      maxRows={8}
      placeholder={field.placeholder ?? ''}
      value={Array.isArray(value) ? value.join('\n') : String(value)}
      onChange={(event) => form.change(field.key, typedList(value, event.currentTarget.value))}
    />
  );
}

/** A list that has an entry with a comma ("Research, Berlin") stays a list: as a text that entry would be parted. */
function typedList(before: FormValue, text: string): FormValue {
  const isExact = Array.isArray(before) && before.some((entry) => entry.includes(','));
  return isExact ? text.split('\n') : text;
}
