/** What a workspace may set of a check. */
export type Parameter = NumberParameter | TextsParameter;

export interface NumberParameter {
  readonly type: 'days' | 'minutes' | 'count' | 'percent';
  readonly title: string;
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

export interface TextsParameter {
  readonly type: 'texts';
  readonly title: string;
  readonly default: readonly string[];
}

/** By name. */
export type ParameterValues = Readonly<Record<string, number | readonly string[]>>;

export function days(title: string, byDefault: number, { min = 1, max = 3_650 } = {}): NumberParameter {
  return { type: 'days', title, default: byDefault, min, max };
}

export function minutes(title: string, byDefault: number, { min = 0, max = 525_600 } = {}): NumberParameter {
  return { type: 'minutes', title, default: byDefault, min, max };
}

export function count(title: string, byDefault: number, { min = 0, max = 1_000_000 } = {}): NumberParameter {
  return { type: 'count', title, default: byDefault, min, max };
}

export function percent(title: string, byDefault: number): NumberParameter {
  return { type: 'percent', title, default: byDefault, min: 0, max: 100 };
}

export function texts(title: string, byDefault: readonly string[]): TextsParameter {
  return { type: 'texts', title, default: byDefault };
}

/** What is wrong with a value; `undefined`: nothing. */
export function problemOf(parameter: Parameter, value: unknown): string | undefined {
  if (parameter.type === 'texts') return textsProblem(value);
  const { min, max } = parameter;
  if (typeof value !== 'number' || !Number.isInteger(value)) return 'must be a whole number';
  return value < min || value > max ? `must be between ${min} and ${max}` : undefined;
}

const MOST_TEXTS = 200;

function textsProblem(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length > MOST_TEXTS) return `must be a list of at most ${MOST_TEXTS} texts`;
  const good = value.filter((one) => typeof one === 'string' && one.trim() !== '' && one.length <= 200);
  if (good.length < value.length) return 'must have texts of 1 to 200 characters only';
  // The database takes no NUL and no half of a character, and the rest spoils what shows it.
  return good.some((one) => /[\p{Cc}\p{Cs}]/u.test(one))
    ? 'must have texts without control characters or halves of characters'
    : undefined;
}
