import type { RecordKind } from '@castellan/connector-sdk';
import type { RecordTable } from '../schema/record-tables.js';
import { type ListedRow, toListed } from './listed-rows.js';
import type { ListedRecord } from './record-repository.js';

export interface NamedIntegration {
  readonly id: string;
  readonly name: string;
}

/** A row of a table over several integrations. */
export type TableRow<K extends RecordKind = RecordKind> = ListedRecord<K> & { readonly integration: NamedIntegration };

/** Rows with the names of their integrations. */
export function named<K extends RecordKind>(
  kind: K,
  table: RecordTable,
  rows: readonly ListedRow[],
  integrations: readonly NamedIntegration[],
): readonly TableRow<K>[] {
  const byId = new Map(integrations.map((integration) => [integration.id, integration]));
  return rows.flatMap((row) => {
    const integration = byId.get(String(row['integrationId']));
    return integration === undefined ? [] : [{ ...toListed(kind, table, row), integration }];
  });
}
