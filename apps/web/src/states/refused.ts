import { ApiError } from '../api/api-error.js';

export interface Refused {
  /** What is wrong with a field, by the name that the API has for it. */
  readonly of: (field: string) => string | undefined;
  /** What is wrong with the whole, or with what no field of the form stands for. */
  readonly whole: unknown;
}

/**
 * What the host says against what was sent, at the fields of a form.
 * @param fields those that the form shows a message at
 */
export function refused(error: unknown, fields: readonly string[]): Refused {
  const said = error instanceof ApiError ? error.fields : [];
  const known = said.filter(({ field }) => fields.includes(field));
  const of = (field: string): string | undefined => {
    const texts = known.filter((one) => one.field === field).map(({ message }) => message);
    return texts.length === 0 ? undefined : texts.join(' ');
  };
  const isWhole = error !== null && error !== undefined && known.length === 0;
  return { of, whole: isWhole ? error : undefined };
}
