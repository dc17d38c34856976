import { ValidateBy } from 'class-validator';

/** Of a query: a parameter that may be given several times. Once it comes as text, else as a list. */
export function IsTextOrTexts(most: number, longest: number, message: string): PropertyDecorator {
  const isText = (value: unknown): boolean => typeof value === 'string' && value.length <= longest && !value.includes('\0');
  const validate = (value: unknown): boolean => textsOf(value).length <= most && textsOf(value).every(isText);
  return ValidateBy({
    name: 'isTextOrTexts',
    constraints: [most, longest],
    validator: { validate, defaultMessage: () => message },
  });
}

/** What `IsTextOrTexts` has let through, as a list. */
export function textsOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  // `Array.isArray` does not know lists that are read-only.
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
