import type { AccessPrincipalKind } from '@castellan/api';
import { said } from '../records/record-search.js';
import { readDays, readInstant } from './access-search.js';

/** What the address of the explorer says. */
export interface ExplorerSearch {
  readonly q?: string;
  /** Which question is to be asked of what is found. */
  readonly ask?: 'reach' | 'reached-by';
}

export function readExplorerSearch(raw: Readonly<Record<string, unknown>>): ExplorerSearch {
  const q = said(raw['q']);
  const ask = raw['ask'];
  return { ...(q !== undefined && { q }), ...((ask === 'reach' || ask === 'reached-by') && { ask }) };
}

/** Of what is not used. */
export interface UnusedSearch {
  /** Of one integration, as it can be asked of one only. */
  readonly integration?: string;
  readonly days?: number;
  readonly tab?: 'administrators';
}

export function readUnusedSearch(raw: Readonly<Record<string, unknown>>): UnusedSearch {
  const [integration, days, tab] = [said(raw['integration']), readDays(raw['days']), raw['tab']];
  return {
    ...(integration !== undefined && { integration }),
    ...(days !== undefined && { days }),
    ...(tab === 'administrators' && { tab }),
  };
}

/** Of who holds a role. */
export interface AdministratorsSearch {
  /** Groups or programs; accounts otherwise. */
  readonly show?: Exclude<AccessPrincipalKind, 'account'>;
}

export function readAdministratorsSearch(raw: Readonly<Record<string, unknown>>): AdministratorsSearch {
  const { show } = raw;
  return show === 'group' || show === 'client' ? { show } : {};
}

/** Of what came and went. */
export interface ChangesSearch {
  readonly integration?: string;
  /** Instants. */
  readonly since?: string;
  readonly until?: string;
}

export function readChangesSearch(raw: Readonly<Record<string, unknown>>): ChangesSearch {
  const [integration, since, until] = [said(raw['integration']), readInstant(raw['since']), readInstant(raw['until'])];
  return {
    ...(integration !== undefined && { integration }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
  };
}
