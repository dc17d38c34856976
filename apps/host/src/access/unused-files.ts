import type { RemovalSuggestion, UnusedApplication, UnusedRole } from '@castellan/api';
import type { ExportTable } from '../exports/export-format.js';
import { nodeCells, nodeColumns } from './access-file.js';

export const UNUSED_TABLE: ExportTable<UnusedApplication> = {
  columns: [...nodeColumns('application'), 'accounts', 'unused', 'lastUsedAt'],
  cells: ({ application, accounts, unused, lastAt }) => [...nodeCells(application), accounts, unused, lastAt],
  object: (row) => row,
};

export const UNUSED_ROLES_TABLE: ExportTable<UnusedRole> = {
  columns: [...nodeColumns('account'), 'roles', 'firstUsedAt', 'lastUsedAt', 'uses'],
  cells: ({ account, roles, usage }) => [
    ...nodeCells(account),
    roles.map(({ label }) => label),
    usage?.firstAt,
    usage?.lastAt,
    usage?.times,
  ],
  object: (row) => row,
};

export const SUGGESTIONS_TABLE: ExportTable<RemovalSuggestion> = {
  columns: [
    ...nodeColumns('principal'),
    ...nodeColumns('application'),
    'since',
    'orBefore',
    'accounts',
    'losing',
    'breaking',
    'lastUsedAt',
  ],
  cells: ({ principal, application, since, orBefore, accounts, losing, breaking, lastAt }) => [
    ...nodeCells(principal),
    ...nodeCells(application),
    since,
    orBefore,
    accounts,
    losing,
    breaking,
    lastAt,
  ],
  object: (row) => row,
};
