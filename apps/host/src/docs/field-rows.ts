import type { Schema } from './schema.js';

/** A line of the page's table of fields. */
export interface FieldRow {
  /** `items[].status.state` */
  readonly path: string;
  readonly form: string;
  readonly text: string;
}

/** Every field below a schema, outer ones first. */
export function fieldRows(schema: Schema, above = '', isOptional = false): readonly FieldRow[] {
  const { properties = {}, required = [], items, additionalProperties, anyOf = [], description: text = '' } = schema;
  const own = above === '' || anyOf.length > 0 ? [] : [{ path: above, form: formOf(schema, isOptional), text }];
  const inner = Object.entries(properties).flatMap(([name, property]) =>
    fieldRows(property, above === '' ? name : `${above}.${name}`, !required.includes(name)),
  );
  const values = typeof additionalProperties === 'object' ? fieldRows(additionalProperties, `${above}.*`) : [];
  const each = items === undefined ? [] : fieldRows(items, `${above}[]`);
  return [...own, ...inner, ...values, ...each, ...anyOf.flatMap((choice) => fieldRows(choice, above, isOptional))];
}

function formOf({ type = 'anything', format, enum: values }: Schema, isOptional: boolean): string {
  const names = [type].flat().join(' or ');
  const choice = values === undefined ? '' : `: ${values.join(', ')}`;
  return `${names}${format === undefined ? '' : ` (${format})`}${choice}${isOptional ? ', optional' : ''}`;
}
