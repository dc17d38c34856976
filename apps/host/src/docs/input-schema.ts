import { getMetadataStorage, ValidationTypes } from 'class-validator';
import type { Schema } from './schema.js';

type Rule = (...constraints: readonly unknown[]) => Schema;

/** What each decorator of class-validator that an input carries says in JSON Schema. */
const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['isOptional', () => ({})],
  ['isDefined', () => ({})],
  ['isString', () => ({ type: 'string' })],
  ['isBoolean', () => ({ type: 'boolean' })],
  ['maxLength', (most) => ({ type: 'string', maxLength: Number(most) })],
  ['matches', (pattern) => ({ type: 'string', ...(pattern instanceof RegExp && { pattern: pattern.source }) })],
  ['isIn', (values) => ({ type: 'string', enum: Array.isArray(values) ? values : [] })],
  ['minLength', (least) => ({ type: 'string', minLength: Number(least) })],
  ['isTextOrTexts', (most) => ({ type: 'array', items: { type: 'string' }, maxItems: Number(most) })],
  ['isEmail', () => ({ type: 'string', format: 'email' })],
  ['isRuleText', () => ({ type: 'string' })],
  ['isVaried', () => ({ type: 'string' })],
  ['isWithoutNul', () => ({ type: 'string' })],
  ['isInt', () => ({ type: 'integer' })],
  ['min', (least) => ({ minimum: Number(least) })],
  ['max', (most) => ({ maximum: Number(most) })],
  ['isArray', () => ({ type: 'array' })],
  ['arrayMinSize', (least) => ({ type: 'array', minItems: Number(least) })],
  ['arrayMaxSize', (most) => ({ type: 'array', maxItems: Number(most) })],
  ['arrayUnique', () => ({ type: 'array', uniqueItems: true })],
]);

/** An input as JSON Schema, from the decorators that judge it. @throws Error for one that has no line in the table. */
export function inputSchema(type: new () => object): Schema {
  const fields = new Map<string, Schema>();
  const optional = new Set<string>();
  for (const rule of getMetadataStorage().getTargetValidationMetadatas(type, '', false, false)) {
    const field = rule.propertyName;
    // `ValidateIf` has no name: the other rules count only if the field is there.
    const name = rule.name ?? (rule.type === ValidationTypes.CONDITIONAL_VALIDATION ? 'isOptional' : '');
    const written = RULES.get(name);
    if (written === undefined) throw new Error(`${type.name}.${field}: add the rule "${name}" to docs/input-schema.`);
    if (name === 'isOptional') optional.add(field);
    // Its type does not say so, but a decorator without arguments has none.
    const constraints: readonly unknown[] | undefined = rule.constraints;
    const said = written(...(constraints ?? []));
    const schema = rule.each ? { type: 'array', items: said } : said;
    fields.set(field, joined(fields.get(field) ?? {}, schema, rule.message));
  }
  return {
    type: 'object',
    properties: Object.fromEntries(fields),
    required: [...fields.keys()].filter((field) => !optional.has(field)),
    additionalProperties: false,
  };
}

/** The messages of the rules, which tell a caller what to send, are the description. The rule next to the field comes first. */
function joined(above: Schema, schema: Schema, message: unknown): Schema {
  const texts = [typeof message === 'string' ? message : undefined, above.description].filter((text) => text !== undefined);
  return { ...above, ...schema, ...(texts.length > 0 && { description: [...new Set(texts)].join(' ') }) };
}
