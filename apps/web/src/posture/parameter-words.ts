import type { CheckParameter, ControlLimit } from '@castellan/api';

type Value = CheckParameter['value'];

const UNITS: Readonly<Record<CheckParameter['type'], readonly [one: string, many: string]>> = {
  days: [' day', ' days'],
  minutes: [' minute', ' minutes'],
  count: ['', ''],
  percent: ['%', '%'],
  texts: ['', ''],
};

/** `90 days`, `15 minutes`, `50%`, `admin, root`. */
export function parameterWords(type: CheckParameter['type'], value: Value): string {
  if (typeof value !== 'number') return value.length === 0 ? 'none' : value.join(', ');
  const [one, many] = UNITS[type];
  return `${value.toLocaleString('en')}${value === 1 ? one : many}`;
}

/** `The limit here is 90 days, the control asks for 35.` */
export function controlLimitWords({ type, here, asked }: Pick<ControlLimit, 'type' | 'here' | 'asked'>): string {
  return `The limit here is ${parameterWords(type, here)}, the control asks for ${asked.toLocaleString('en')}.`;
}

/** `1 to 3,650 days.`; `''` where nothing bounds it. */
export function rangeWords({ type, min, max }: Pick<CheckParameter, 'type' | 'min' | 'max'>): string {
  if (min === null || max === null) return '';
  return `${min.toLocaleString('en')} to ${parameterWords(type, max)}.`;
}

/** What is wrong with what stands in the field of a limit; `undefined`: nothing. */
export function limitProblem(parameter: CheckParameter, draft: number | string): string | undefined {
  const { type, min, max } = parameter;
  if (type === 'texts') return undefined;
  const value = typeof draft === 'number' ? draft : Number(draft);
  const isWhole = draft !== '' && Number.isInteger(value);
  if (isWhole && (min === null || value >= min) && (max === null || value <= max)) return undefined;
  return `Must be a whole number, ${rangeWords(parameter)}`;
}

/** What stands behind the field of a limit. */
export function unitWords(type: CheckParameter['type']): string {
  return UNITS[type][1].trim();
}

/** Texts as they are written into a field: one a line. */
export function textsOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Only what is not as it is by default: that goes on to follow what a later release says. */
export function changedParameters(
  parameters: readonly CheckParameter[],
  values: Readonly<Record<string, Value>>,
): Readonly<Record<string, Value>> {
  const entries = parameters.flatMap(({ name, default: byDefault }) => {
    const value = values[name];
    return value === undefined || isSame(value, byDefault) ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}

function isSame(one: Value, other: Value): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
