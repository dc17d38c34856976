import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import type { Json, JsonObject } from '../src/index.js';

const here = dirname(fileURLToPath(import.meta.url));

/** The folder beside the project with Okta's own material; a clone without it skips what needs it. */
export const shared = join(here, '..', '..', '..', '..', 'shared');
const folder = join(shared, 'okta-openapi');
export const descriptionIsPresent = existsSync(join(folder, 'management-minimal.yaml'));

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : {});

/** Okta's OpenAPI description, and validators made from its schemas. */
export class Description {
  readonly #root: JsonObject;
  readonly #ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false, validateFormats: true });
  readonly #validators = new Map<string, ValidateFunction>();

  /** @param asked the paths that will be asked for */
  constructor(file: string, asked: ReadonlySet<string>) {
    this.#root = corrected(objectOf(parse(shortened(readFileSync(join(folder, file), 'utf8'), asked))));
    // ajv-formats is CommonJS: under ESM its function is the default export or a property of it.
    const add = (typeof addFormats === 'function' ? addFormats : (addFormats as { default: unknown }).default) as (
      ajv: Ajv,
    ) => void;
    add(this.#ajv);
    this.#ajv.addFormat('int32', true).addFormat('int64', true).addFormat('password', true);
    this.#ajv.addSchema({ $id: 'okta', ...definitions(objectOf(objectOf(this.#root['components'])['schemas'])) });
  }

  get paths(): JsonObject {
    return objectOf(this.#root['paths']);
  }

  operation(template: string, method = 'get'): JsonObject | undefined {
    const operation = objectOf(this.paths[template])[method];
    return isObject(operation) ? operation : undefined;
  }

  scopes(template: string, method = 'get'): readonly Json[] {
    const security = this.operation(template, method)?.['security'];
    const oauth = Array.isArray(security) ? security.map(objectOf).find((one) => 'oauth2' in one) : undefined;
    const scopes = oauth?.['oauth2'];
    return Array.isArray(scopes) ? scopes : [];
  }

  /** What is wrong with a good answer, by the description; empty: nothing. */
  complaints(template: string, body: Json, method = 'get', status = 200): readonly string[] {
    const content = objectOf(objectOf(this.responses(template, method)[String(status)])['content']);
    const schema = objectOf(objectOf(content['application/json'])['schema']);
    return this.#complain(method === 'get' ? template : `${method} ${template}`, schema, body);
  }

  /** By status. */
  responses(template: string, method = 'get'): JsonObject {
    return objectOf(this.operation(template, method)?.['responses']);
  }

  complaintsBySchema(name: string, body: Json): readonly string[] {
    return this.#complain(name, { $ref: `#/components/schemas/${name}` }, body);
  }

  #complain(key: string, schema: JsonObject, body: Json): readonly string[] {
    const validate = this.#validators.get(key) ?? this.#ajv.compile(objectOf(converted(schema, false, 'okta')));
    this.#validators.set(key, validate);
    if (validate(withoutNulls(body))) return [];
    return (validate.errors ?? []).map(
      (error) => `${key} ${error.instancePath} ${error.message ?? ''} ${JSON.stringify(error.params)}`,
    );
  }
}

/** A section by its indentation: its name, and what stands deeper. */
const PATH = /^ {2}(\/\S*):\n(?:(?: {3}.*)?\n)*/gm;
const EXAMPLES = /^ {2}examples:\n(?:(?: {3}.*)?\n)*/m;

/** Without what is not asked for, which is most of it: the parser takes longer than all that is done with the rest. */
function shortened(yaml: string, asked: ReadonlySet<string>): string {
  return yaml.replace(EXAMPLES, '').replace(PATH, (section, path: string) => (asked.has(path) ? section : ''));
}

/** The description says that the values in an IdP user's profile are objects; its own examples have strings, as Okta has. */
function corrected(root: JsonObject): JsonObject {
  const components = objectOf(root['components']);
  const schemas = objectOf(components['schemas']);
  const user = objectOf(schemas['IdentityProviderApplicationUser']);
  if (Object.keys(user).length === 0) return root;
  const properties = { ...objectOf(user['properties']), profile: { type: 'object', additionalProperties: { type: 'string' } } };
  return {
    ...root,
    components: { ...components, schemas: { ...schemas, IdentityProviderApplicationUser: { ...user, properties } } },
  };
}

/** Okta sends null where its description knows only "absent" (recorded answers show it everywhere): both count as absent. */
function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([, one]) => one !== null && one !== undefined);
  return Object.fromEntries(kept.map(([key, one]) => [key, withoutNulls(one ?? null)]));
}

/** Two definitions a schema: the plain one, which subtypes build on, and one that picks the subtype by discriminator. */
function definitions(schemas: JsonObject): JsonObject {
  const entries = Object.entries(schemas).flatMap(([name, schema]) => [
    [name, converted(schema ?? {}, true, '')],
    [`${name}:any`, dispatching(objectOf(schema), { $ref: `#/$defs/${name}` }, '')],
  ]);
  return { $defs: Object.fromEntries(entries) };
}

function dispatching(schema: JsonObject, base: JsonObject, root: string): JsonObject {
  const discriminator = objectOf(schema['discriminator']);
  const property = discriminator['propertyName'];
  if (typeof property !== 'string') return base;
  const cases = Object.entries(objectOf(discriminator['mapping'])).map(([value, target]) => ({
    if: { type: 'object', properties: { [property]: { const: value } }, required: [property] },
    // oxlint-disable-next-line unicorn/no-thenable -- `then` is a keyword of JSON Schema, and nobody awaits a schema
    then: { $ref: `${root}#/$defs/${String(target).split('/').at(-1)}` },
  }));
  return { allOf: [base, ...cases] };
}

const DROPPED = new Set([
  'discriminator',
  'example',
  'examples',
  'nullable',
  'readOnly',
  'writeOnly',
  'xml',
  'externalDocs',
  'deprecated',
  'description',
  'title',
  'default',
]);

/** Patterns of the description that are not what was meant: `(?:$)` for "not the end", a flag that JavaScript lacks, a lost `+`. */
const PATTERNS: Readonly<Record<string, string>> = {
  '^P(?:$)(\\d+Y)?(\\d+M)?(\\d+W)?(\\d+D)?(T(?:\\d)(\\d+H)?(\\d+M)?(\\d+S)?)?$':
    '^P(?!$)(\\d+Y)?(\\d+M)?(\\d+W)?(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?(\\d+S)?)?$',
  '^[a-zA-Z0-9.\\-_]$': '^[a-zA-Z0-9.\\-_]+$',
  '(?i)^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$':
    '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-5][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$',
};

/** OpenAPI 3.0 to JSON Schema. `inherited`: a reference is to the plain definition, as it stands in a subtype's `allOf`. */
function converted(schema: Json, inherited: boolean, root: string): Json {
  if (Array.isArray(schema)) return schema.map((one) => converted(one, inherited, root));
  if (!isObject(schema)) return schema;
  const reference = schema['$ref'];
  if (typeof reference === 'string')
    return { $ref: `${root}#/$defs/${reference.split('/').at(-1) ?? ''}${inherited ? '' : ':any'}` };
  const alternatives = schema['oneOf'];
  if (Array.isArray(alternatives) && isObject(schema['discriminator']))
    return dispatching(schema, { anyOf: converted(alternatives, true, root) }, root);
  const entries = Object.entries(schema).filter(([key]) => !DROPPED.has(key) && !key.startsWith('x-'));
  return Object.fromEntries(entries.map(([key, value]) => convertedEntry(key, value ?? null, schema, inherited, root)));
}

function convertedEntry(
  key: string,
  value: Json,
  schema: JsonObject,
  inherited: boolean,
  root: string,
): readonly [string, Json] {
  if (key === 'properties' && isObject(value)) {
    return [key, Object.fromEntries(Object.entries(value).map(([name, one]) => [name, converted(one ?? {}, false, root)]))];
  }
  // The alternatives overlap (nearly every field is optional), so "exactly one" would refuse what Okta itself sends.
  if (key === 'oneOf' || key === 'anyOf') return ['anyOf', converted(value, false, root)];
  if (key === 'allOf') return [key, converted(value, inherited, root)];
  if (key === 'required' && Array.isArray(value)) {
    const properties = objectOf(schema['properties']);
    return [key, value.filter((name) => objectOf(properties[String(name)])['writeOnly'] !== true)];
  }
  if (key === 'pattern') return [key, PATTERNS[String(value)] ?? value];
  if (key === 'enum' || key === 'required') return [key, value];
  return [key, converted(value, false, root)];
}
