import { type ColumnType, EntitySchema, type EntitySchemaColumnOptions, type ObjectLiteral } from 'typeorm';

/** `!`: required; without it the column may be null. */
type TypeName = 'uuid' | 'text' | 'integer' | 'boolean' | 'jsonb' | 'bytea' | 'timestamptz' | 'text[]' | 'double precision';
export type ColumnSpec =
  | TypeName
  | `${TypeName}!`
  | {
      readonly type: TypeName | `${TypeName}!`;
      readonly with: EntitySchemaColumnOptions | Omit<EntitySchemaColumnOptions, 'type'>;
    };

export type Columns<Row> = { readonly [P in keyof Row]-?: ColumnSpec };

/** An entity whose columns are its properties in snake case. Migrations make the table; a test compares the two. */
export function entity<Row extends ObjectLiteral>(
  table: string,
  primary: readonly (keyof Row & string)[],
  columns: Columns<Row>,
  uniques: readonly { readonly name: string; readonly columns: readonly (keyof Row & string)[] }[] = [],
): EntitySchema<Row> {
  const described = Object.entries<ColumnSpec>(columns).map(([property, spec]) => [
    property,
    { name: snakeCase(property), ...columnOptions(spec), ...(primary.includes(property) && { primary: true }) },
  ]);
  return new EntitySchema<Row>({
    name: table,
    tableName: table,
    // Built from `Columns<Row>`, so it has the properties of Row and no others.
    columns: Object.fromEntries(described) as { [P in keyof Row]: EntitySchemaColumnOptions },
    uniques: uniques.map((unique) => ({ name: unique.name, columns: [...unique.columns] })),
  });
}

export function snakeCase(property: string): string {
  return property.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function columnOptions(spec: ColumnSpec): EntitySchemaColumnOptions {
  if (typeof spec !== 'string') return { ...columnOptions(spec.type), ...spec.with };
  const name = spec.replace('!', '');
  const array = name.endsWith('[]');
  // `TypeName` lists types that TypeORM knows; only the marks at the end are cut off.
  const type = (array ? name.slice(0, -2) : name) as ColumnType;
  return { type, nullable: !spec.endsWith('!'), ...(array && { array: true }) };
}
