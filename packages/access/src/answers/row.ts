import type { AccessNode, AccessRow, AccessUsage } from '@castellan/api';
import type { Chains } from '../graph/chains.js';
import { type ChainNames, chainView, oldest } from './view.js';

/** Rows of a list where nobody says how many. */
export const USUAL_PAGE = 100;

/** Chains that a row of a list shows, and those that it counts. */
export const SHOWN_CHAINS = 3;
export const COUNTED_CHAINS = 50;

/** One that reaches, or is reached, written out. */
export function accessRow(node: AccessNode, { chains, more }: Chains, usage: AccessUsage | null, names: ChainNames): AccessRow {
  const { since, orBefore } = oldest(chains);
  return {
    node,
    chains: chains.slice(0, SHOWN_CHAINS).map((chain) => chainView(chain, names)),
    chainCount: chains.length,
    more,
    since: since.toISOString(),
    orBefore,
    usage,
  };
}

/** Texts by their code units, the same wherever this runs. */
export function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** By name, whatever its case; equal ones by key. */
export function byName(one: AccessNode, other: AccessNode): number {
  return compare(one.label.toLowerCase(), other.label.toLowerCase()) || compare(one.key, other.key);
}
