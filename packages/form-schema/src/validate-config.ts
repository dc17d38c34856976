import { validate } from 'class-validator';
import type { ConfigClass, ConfigEnvironment, ConfigValidation, FieldHint, FieldIssue } from './config-class.js';
import { definitionsOf } from './field.js';

/**
 * The only judge of a configuration: used by the host, the command line and every test alike.
 * Copies declared keys only and reports all others, `__proto__` included. Never throws for what a person typed.
 */
export async function validateConfig<C extends object>(
  type: ConfigClass<C>,
  input: unknown,
  environment: ConfigEnvironment = {},
): Promise<ConfigValidation<C>> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return { ok: false, issues: [{ field: '', message: 'The configuration must be a JSON object.' }] };
  }
  const definitions = definitionsOf(type);
  const known = definitions.map((definition) => definition.field.key);
  const given = new Map<string, unknown>(Object.entries(input));
  const issues: FieldIssue[] = [...given.keys()]
    .filter((key) => !known.includes(key))
    .map((key) => ({ field: key, message: `Is no field here. Fields: ${known.join(', ')}.` }));
  const hints: FieldHint[] = [];
  const config = new type();
  for (const { field, parse } of definitions) {
    const value = given.get(field.key);
    if (isAbsent(value)) {
      if (field.required) issues.push({ field: field.key, message: 'Is required.' });
      continue;
    }
    const parsed = await parse(value, environment);
    if ('issues' in parsed) {
      issues.push(...below(field.key, parsed.issues));
      continue;
    }
    hints.push(...below(field.key, parsed.hints ?? []));
    Object.assign(config, { [field.key]: parsed.value });
  }
  issues.push(...(await brokenRules(config, new Set(issues.map((found) => found.field)))));
  return issues.length === 0 ? { ok: true, config: Object.freeze(config), hints } : { ok: false, issues };
}

/** The class-validator rules of the class: those of our decorators and any that the author put beside them. */
async function brokenRules(config: object, reported: ReadonlySet<string>): Promise<readonly FieldIssue[]> {
  const errors = await validate(config, {
    forbidUnknownValues: false,
    // One message a setting: what is no number is not also too small.
    stopAtFirstError: true,
    validationError: { target: false, value: false },
  });
  return errors
    .filter((error) => !reported.has(error.property))
    .flatMap((error) => Object.values(error.constraints ?? {}).map((message) => ({ field: error.property, message })));
}

/** An empty text field of a form and a key that was left out mean the same. */
export function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

function below<F extends { readonly field: string }>(key: string, found: readonly F[]): readonly F[] {
  return found.map((entry) => ({ ...entry, field: entry.field === '' ? key : `${key}.${entry.field}` }));
}
