import type { RecordKind, RecordMap } from '@castellan/connector-sdk';
import { type ColumnType, recordTable } from '../schema/record-tables.js';
import { type DerivedValues, derivedOf } from './derived-values.js';

/** What a table of records shows, and what it can do with it. */
export interface TableField {
  readonly name: string;
  /** Quote it in SQL. */
  readonly column: string;
  readonly type: ColumnType;
  readonly searched: boolean;
  readonly sortable: boolean;
  /** `values`: is one of those given. `range`: lies before or after an instant. */
  readonly filter: 'values' | 'range' | null;
  /** No column of the table: other records say it. Rows are filtered by it, and do not have it. */
  readonly derived?: DerivedValues;
}

type FieldsOf<K extends RecordKind> = readonly (keyof RecordMap[K] & string)[];

/** Texts of few values, which people filter by. Flags and instants are filtered by wherever they are. */
const ENUMERATIONS: { readonly [K in RecordKind]: FieldsOf<K> } = {
  account: ['status', 'providerStatus', 'department', 'credentialProvider', 'userType'],
  group: ['origin'],
  membership: ['memberKind'],
  group_rule: ['status', 'providerStatus'],
  application: ['status', 'providerStatus', 'signOnMode', 'signOnMethod'],
  app_assignment: ['principalKind', 'scope', 'providerStatus'],
  role: [],
  role_assignment: ['principalKind', 'targetKind', 'providerStatus'],
  identity_provider: ['status', 'providerStatus', 'type', 'protocol', 'accountLinkAction', 'provisioningAction'],
  idp_link: [],
  authenticator: ['status', 'providerStatus', 'factorType', 'provider'],
  group_owner: ['ownerKind', 'source'],
  app_credential: ['type', 'status', 'providerStatus'],
  client_secret: ['status', 'providerStatus'],
  app_provisioning: ['status', 'providerStatus', 'password'],
  group_push: ['status', 'providerStatus'],
  resource_set_member: ['resourceKind'],
  account_device: ['platform', 'status', 'providerStatus'],
  token_grant: ['type', 'status', 'providerStatus'],
  policy: ['type', 'status', 'providerStatus'],
  policy_rule: ['type', 'status', 'providerStatus', 'effect'],
  network_zone: ['type', 'status', 'providerStatus', 'usage'],
  sign_in_method: ['product', 'type', 'provider', 'status', 'providerStatus'],
  api_token: ['network'],
  app_grant: ['scope', 'status', 'providerStatus', 'source'],
  log_stream: ['type', 'status', 'providerStatus'],
  org_setting: ['area'],
  activity: ['type', 'severity', 'outcome', 'use'],
};

interface Naming<K extends RecordKind> {
  /** What people call such a record: the first of these that it has; a table is sorted by the first. */
  readonly label: FieldsOf<K>;
  /** What tells two of the same name apart. */
  readonly detail: (keyof RecordMap[K] & string) | null;
}

const NAMINGS: { readonly [K in RecordKind]: Naming<K> } = {
  account: { label: ['displayName', 'login', 'email'], detail: 'login' },
  group: { label: ['name'], detail: 'description' },
  membership: { label: [], detail: null },
  group_rule: { label: ['name'], detail: 'status' },
  application: { label: ['label', 'name'], detail: 'name' },
  app_assignment: { label: ['username'], detail: null },
  role: { label: ['label'], detail: 'description' },
  role_assignment: { label: [], detail: null },
  identity_provider: { label: ['name'], detail: 'type' },
  idp_link: { label: ['externalId'], detail: null },
  authenticator: { label: ['name', 'factorType'], detail: 'factorType' },
  group_owner: { label: [], detail: null },
  app_credential: { label: ['type'], detail: 'status' },
  client_secret: { label: [], detail: 'status' },
  app_provisioning: { label: ['endpoint'], detail: 'status' },
  group_push: { label: ['targetGroup'], detail: 'status' },
  resource_set_member: { label: ['setName'], detail: 'resourceKind' },
  account_device: { label: ['name', 'device'], detail: 'platform' },
  token_grant: { label: ['clientId'], detail: 'type' },
  policy: { label: ['name'], detail: 'type' },
  policy_rule: { label: ['name'], detail: 'effect' },
  network_zone: { label: ['name'], detail: 'type' },
  sign_in_method: { label: ['name', 'product'], detail: 'type' },
  api_token: { label: ['name'], detail: 'clientName' },
  app_grant: { label: ['scope'], detail: 'issuer' },
  log_stream: { label: ['name'], detail: 'type' },
  org_setting: { label: ['name', 'area'], detail: 'area' },
  activity: { label: ['message', 'type'], detail: 'outcome' },
};

/** Of every kind, beside its own fields. `last_seen_at` changes with every listing: no index can keep it. */
const TIMES: readonly TableField[] = [
  { name: 'firstSeenAt', column: 'first_seen_at', ...timed(true) },
  { name: 'presentSince', column: 'present_since', ...timed(true) },
  { name: 'lastSeenAt', column: 'last_seen_at', ...timed(false) },
  { name: 'changedAt', column: 'changed_at', ...timed(true) },
  { name: 'removedAt', column: 'removed_at', ...timed(true) },
];

function timed(offered: boolean): Omit<TableField, 'name' | 'column'> {
  return { type: 'instant', searched: false, sortable: offered, filter: offered ? 'range' : null };
}

/** In the order of the vocabulary; what is derived after it, the times of the row last. */
export function tableFields(kind: RecordKind): readonly TableField[] {
  const { columns, searched } = recordTable(kind);
  const enumerations: readonly string[] = ENUMERATIONS[kind];
  const own = columns.map(({ property, column, type }): TableField => {
    const byValue = type === 'boolean' || enumerations.includes(property);
    return {
      name: property,
      column,
      type,
      searched: searched.includes(column),
      // The log goes by its time alone: nothing else can be bounded at tens of millions of rows.
      sortable: kind !== 'activity' && ['text', 'instant', 'number'].includes(type),
      filter: byValue ? 'values' : type === 'instant' && kind !== 'activity' ? 'range' : null,
    };
  });
  const derived = derivedOf(kind).map(
    (values): TableField => ({
      name: values.name,
      column: values.name,
      type: 'text',
      searched: false,
      sortable: false,
      filter: 'values',
      derived: values,
    }),
  );
  return [...own, ...derived, ...(kind === 'activity' ? TIMES.map((time) => ({ ...time, ...timed(false) })) : TIMES)];
}

export function fieldOf(kind: RecordKind, name: string): TableField | undefined {
  return tableFields(kind).find((field) => field.name === name);
}

/** By what a table of this kind is sorted when nobody has said; `undefined`: by key. */
export function standardSort(kind: RecordKind): string | undefined {
  return NAMINGS[kind].label[0];
}

/** SQL of what people call a record, and of what tells it from another; the statement calls its table `t`. */
export function namingSql(kind: RecordKind): { readonly label: string; readonly detail: string } {
  const { label, detail }: { readonly label: readonly string[]; readonly detail: string | null } = NAMINGS[kind];
  const column = (name: string): string => `t."${fieldOf(kind, name)?.column ?? 'key'}"`;
  const names = label.map((name) => `nullif(${column(name)}, '')`);
  return { label: `coalesce(${[...names, 't.key'].join(', ')})`, detail: detail === null ? 'NULL' : column(detail) };
}

/** What many of a kind are called, e.g. in the name of a file: `identity_providers`. */
export function pluralOf(kind: RecordKind): string {
  return recordTable(kind).table;
}
