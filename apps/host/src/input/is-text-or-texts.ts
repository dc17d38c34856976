import { ValidateBy } from 'class-validator';

/** Of a query: a parameter that may be given several times. Once it comes as text, else as a list. */
export function IsTextOrTexts(most: number, longest: number, message: string): PropertyDecorator {
  // In a body halves of characters can come as well, which the audit log cannot keep.
  const isText = (value: unknown): boolean =>
    typeof value === 'string' && value.length <= longest && !/[\0\p{Cs}]/u.test(value);
  const validate = (value: unknown): boolean => textsOf(value).length <= most && textsOf(value).every(isText);
  // As an option, where the API document reads it.
  return ValidateBy({ name: 'isTextOrTexts', constraints: [most, longest], validator: { validate } }, { message });
}

/** What `IsTextOrTexts` has let through, as a list. */
export function textsOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  // `Array.isArray` does not know lists that are read-only.
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
