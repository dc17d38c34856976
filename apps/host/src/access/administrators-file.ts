import type { Administrator, Administrators, HeldRole } from '@castellan/api';
import type { ExportTable } from '../exports/export-format.js';
import { walkItems } from '../exports/page-walk.js';
import { nodeCells, nodeColumns } from './access-file.js';
import { OBSERVED_COLUMNS, observedCells, observedFields } from './observed-use.js';

/** A principal and one of its roles: several in one row would not say which of them it was given itself, and which comes through what. */
export interface AdministratorRow {
  readonly who: Administrator;
  readonly held: HeldRole;
}

/** All pages of the list, the first of which is there already. */
export async function* administratorPages(
  first: Administrators,
  ask: (after: string) => Promise<Administrators>,
): AsyncGenerator<readonly AdministratorRow[], void, void> {
  for await (const items of walkItems(first, ask)) yield items.flatMap((who) => who.roles.map((held) => ({ who, held })));
}

export const ADMINISTRATORS_TABLE: ExportTable<AdministratorRow> = {
  columns: [
    'integration',
    ...nodeColumns('who'),
    ...nodeColumns('role'),
    'direct',
    'through',
    'firstUsedAt',
    'lastUsedAt',
    'uses',
    ...OBSERVED_COLUMNS,
  ],
  cells: ({ who: { integration, principal, usage, coverage }, held: { role, direct, through } }) => [
    integration.name,
    ...nodeCells(principal),
    ...nodeCells(role),
    direct,
    through.map(({ label }) => label),
    usage?.firstAt,
    usage?.lastAt,
    usage?.times,
    ...observedCells(coverage),
  ],
  object: ({ who: { integration, principal, usage, coverage }, held }) => ({
    integration,
    principal,
    ...held,
    usage,
    ...observedFields(coverage),
  }),
};
