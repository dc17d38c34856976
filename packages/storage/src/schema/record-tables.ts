import { RECORD_KINDS, type RecordFieldType, type RecordKind, recordFields } from '@castellan/connector-sdk';
import { snakeCase } from './entity.js';

/** `texts`: `text[]`. `instant`: `timestamptz`. `json`: `jsonb`. */
export type ColumnType = RecordFieldType;

export interface RecordColumn {
  readonly property: string;
  /** The property in snake case; quote it in SQL (`group` is a reserved word). */
  readonly column: string;
  readonly type: ColumnType;
  readonly required: boolean;
}

export interface RecordTable {
  readonly kind: RecordKind;
  readonly table: string;
  readonly columns: readonly RecordColumn[];
  /** Columns that a person's search looks at, the key aside. */
  readonly searched: readonly string[];
}

const NAMES = {
  account: ['accounts', ['login', 'email', 'display_name']],
  group: ['groups', ['name', 'description']],
  membership: ['memberships', []],
  group_rule: ['group_rules', ['name', 'expression']],
  application: ['applications', ['label', 'name']],
  app_assignment: ['app_assignments', ['username']],
  role: ['roles', ['label', 'description']],
  role_assignment: ['role_assignments', []],
  identity_provider: ['identity_providers', ['name', 'issuer']],
  idp_link: ['idp_links', ['external_id']],
  authenticator: ['authenticators', ['name', 'factor_type', 'provider']],
  group_owner: ['group_owners', []],
  app_credential: ['app_credentials', []],
  client_secret: ['client_secrets', []],
  app_provisioning: ['app_provisionings', ['endpoint']],
  group_push: ['group_pushes', ['target_group']],
  resource_set_member: ['resource_set_members', ['set_name']],
  account_device: ['account_devices', ['name', 'platform']],
  token_grant: ['token_grants', ['client_id']],
  policy: ['policies', ['name', 'type', 'description']],
  policy_rule: ['policy_rules', ['name']],
  network_zone: ['network_zones', ['name']],
  sign_in_method: ['sign_in_methods', ['name', 'product']],
  api_token: ['api_tokens', ['name', 'client_name']],
  app_grant: ['app_grants', ['scope']],
  log_stream: ['log_streams', ['name', 'type']],
  org_setting: ['org_settings', ['area', 'name']],
  activity: ['activity', ['type', 'message']],
} as const satisfies Record<RecordKind, readonly [string, readonly string[]]>;

const TABLES: ReadonlyMap<RecordKind, RecordTable> = new Map(RECORD_KINDS.map((kind) => [kind, describe(kind)]));

export const RECORD_TABLES: readonly RecordTable[] = [...TABLES.values()];

/** @throws Error for a kind that is not in the vocabulary: table names come from here only, never from input. */
export function recordTable(kind: RecordKind): RecordTable {
  const table = TABLES.get(kind);
  if (table === undefined) throw new Error(`Unknown record kind: ${String(kind)}`);
  return table;
}

function describe(kind: RecordKind): RecordTable {
  const [table, searched] = NAMES[kind];
  // One column a field of the vocabulary, in its order, which is the order of the hash.
  const columns = recordFields(kind).map(({ name, type, required }) => ({
    property: name,
    column: snakeCase(name),
    type,
    required,
  }));
  return { kind, table, columns, searched };
}
