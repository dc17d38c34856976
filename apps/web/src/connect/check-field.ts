import type { FormField } from '../form/form-schema.js';
import { chosenVariant, type FormValues, valueOf } from '../form/form-values.js';

type PlainField = Exclude<FormField, { widget: 'variant' }>;

/**
 * What is wrong at the first look, without asking anybody: nothing is entered, or what is can never be right. The host judges
 * everything else, and this, too.
 * @param isHeld whether there is a value that the form does not show: a stored secret, a key that was made
 */
export function issueOf(field: PlainField, values: FormValues, isHeld: boolean): string | undefined {
  const value = valueOf(values, field);
  const text = Array.isArray(value) ? value.join('\n') : String(value);
  if (text.trim() === '') return field.required && !isHeld ? 'Is required.' : undefined;
  switch (field.widget) {
    case 'number':
      return numberIssue(field, Number(text));
    case 'text':
    case 'origin':
    case 'secret':
    case 'multiline-secret':
      return field.longest !== undefined && text.length > field.longest
        ? `Must be at most ${field.longest} characters.`
        : undefined;
    default:
      return undefined;
  }
}

function numberIssue({ min, max, integer }: Extract<FormField, { widget: 'number' }>, value: number): string | undefined {
  if (Number.isNaN(value)) return 'Must be a number.';
  if (integer && !Number.isInteger(value)) return 'Must be a whole number.';
  if (min !== undefined && value < min) return `Must be at least ${min}.`;
  return max !== undefined && value > max ? `Must be at most ${max}.` : undefined;
}

/** The fields that are sent, those of the chosen ways included. */
export function fieldsInUse(fields: readonly FormField[], values: FormValues): readonly PlainField[] {
  return fields.flatMap((field) =>
    field.widget === 'variant' ? fieldsInUse(chosenVariant(values, field)?.fields ?? [], values) : [field],
  );
}
