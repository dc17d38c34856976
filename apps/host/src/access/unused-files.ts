import type { RemovalSuggestion, UnusedApplication, UnusedRole } from '@castellan/api';
import type { ExportTable } from '../exports/export-format.js';
import { nodeCells, nodeColumns } from './access-file.js';
import { OBSERVED_COLUMNS, observedCells, observedFields, type ObservedRow } from './observed-use.js';

export const UNUSED_TABLE: ExportTable<ObservedRow<UnusedApplication>> = {
  columns: [...nodeColumns('application'), 'accounts', 'unused', 'lastUsedAt', ...OBSERVED_COLUMNS, 'countedAt'],
  cells: ({ row: { application, accounts, unused, lastAt }, coverage, countedAt }) => [
    ...nodeCells(application),
    accounts,
    unused,
    lastAt,
    ...observedCells(coverage),
    countedAt,
  ],
  object: ({ row, coverage, countedAt }) => ({ ...row, ...observedFields(coverage), countedAt }),
};

export const UNUSED_ROLES_TABLE: ExportTable<ObservedRow<UnusedRole>> = {
  columns: [...nodeColumns('account'), 'roles', 'firstUsedAt', 'lastUsedAt', 'uses', ...OBSERVED_COLUMNS],
  cells: ({ row: { account, roles, usage }, coverage }) => [
    ...nodeCells(account),
    roles.map(({ label }) => label),
    usage?.firstAt,
    usage?.lastAt,
    usage?.times,
    ...observedCells(coverage),
  ],
  object: ({ row, coverage }) => ({ ...row, ...observedFields(coverage) }),
};

export const SUGGESTIONS_TABLE: ExportTable<ObservedRow<RemovalSuggestion>> = {
  columns: [
    ...nodeColumns('principal'),
    ...nodeColumns('application'),
    'since',
    'orBefore',
    'accounts',
    'losing',
    'breaking',
    'lastUsedAt',
    ...OBSERVED_COLUMNS,
  ],
  cells: ({ row: { principal, application, since, orBefore, accounts, losing, breaking, lastAt }, coverage }) => [
    ...nodeCells(principal),
    ...nodeCells(application),
    since,
    orBefore,
    accounts,
    losing,
    breaking,
    lastAt,
    ...observedCells(coverage),
  ],
  object: ({ row, coverage }) => ({ ...row, ...observedFields(coverage) }),
};
