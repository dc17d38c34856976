import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Okta's own list of what its log can hold. It is no part of the project. */
const FILE = fileURLToPath(new URL('../../../../../shared/okta-events/okta-event-types-2026.08.1.json', import.meta.url));

interface Schemas {
  readonly debugData: string | null;
  readonly changeDetails: readonly string[] | null;
  readonly targets: readonly string[] | null;
}

interface Written {
  readonly versions: readonly {
    readonly eventTypes: readonly { readonly id: string; readonly schema: Schemas | null }[];
    readonly schemas: Readonly<Record<string, { readonly properties: Readonly<Record<string, unknown>> }>>;
  }[];
}

/** What stands in the list. Names of fields are held against each other by {@link plain}. */
export interface Catalogue {
  /** In small letters, as rules are held against them. */
  readonly eventTypes: ReadonlySet<string>;
  /** Of the debug data of these event types; of all, where one of them has no schema. */
  debugFields(eventTypes: Iterable<string>): ReadonlySet<string>;
  readonly changeFields: ReadonlySet<string>;
  /** Of `target.detailEntry`. */
  readonly detailFields: ReadonlySet<string>;
}

/** The list writes `policy_rule_name`, and the log `policyRuleName`. */
export const plain = (field: string): string => field.replaceAll('_', '').toLowerCase();

/** @returns `undefined`: the folder is not there */
export function readCatalogue(): Catalogue | undefined {
  if (!existsSync(FILE)) return undefined;
  // The file is Okta's, and its shape is what is looked at here.
  const [version] = (JSON.parse(readFileSync(FILE, 'utf8')) as Written).versions;
  if (version === undefined) throw new Error('The list has no version.');
  const { schemas, eventTypes } = version;
  const fieldsOf = (names: Iterable<string>): ReadonlySet<string> =>
    new Set([...names].flatMap((name) => Object.keys(schemas[name]?.properties ?? {}).map(plain)));
  const schemaOf = new Map(eventTypes.map(({ id, schema }) => [id.toLowerCase(), schema]));
  const named = (of: (schema: Schemas) => readonly (string | null)[] | null): ReadonlySet<string> =>
    new Set(eventTypes.flatMap(({ schema }) => (schema === null ? [] : (of(schema) ?? []))).filter((name) => name !== null));
  const allDebug = named(({ debugData }) => [debugData]);
  return {
    eventTypes: new Set(schemaOf.keys()),
    debugFields: (types) => {
      const own = [...types].map((type) => schemaOf.get(type)?.debugData ?? undefined);
      return fieldsOf(own.length === 0 || own.includes(undefined) ? allDebug : own.filter((name) => name !== undefined));
    },
    changeFields: fieldsOf(named(({ changeDetails }) => changeDetails)),
    detailFields: fieldsOf(named(({ targets }) => targets)),
  };
}

/**
 * The list does not say which targets there are: these are in its samples, in detections that Okta has published, or in lines
 * that the connector reads.
 */
export const TARGET_TYPES: ReadonlySet<string> = new Set([
  'AppInstance',
  'AppUser',
  'Authenticator',
  'AuthenticatorEnrollment',
  'code',
  'Factor Type',
  'GroupRule',
  'MobilePhone',
  'PolicyEntity',
  'PolicyRule',
  'PublicClientApp',
  'ResourceSet',
  'ROLE',
  'TrustedOrigin',
  'URL Pattern',
  'User',
  'UserGroup',
]);
