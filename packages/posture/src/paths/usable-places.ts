import type { Queries } from '@castellan/storage';
import { keyOfNode, kindOfNode, type NodeId } from './attack-graph.js';

/** What accounts a way can lead through: those that are there, and not switched off for good. `a`: what the statement calls them. */
export function isUsableAccount(a: string): string {
  return `${a}.removed_at IS NULL AND ${a}.status <> 'deprovisioned'`;
}

/**
 * Where a way can begin and whom it can lead through (ADR 40): nobody becomes an account that is gone or deprovisioned, nor a program
 * or an application that is not on.
 */
export class UsablePlaces {
  private readonly accounts = new Map<string, boolean>();

  /** @param applications keys of those that are on, which are programs and applications */
  constructor(
    private readonly queries: Queries,
    private readonly integrationId: string,
    private readonly applications: ReadonlySet<string>,
  ) {}

  /** Accounts are asked for together, and each once. */
  async among(places: readonly NodeId[]): Promise<(place: NodeId) => boolean> {
    const keys = new Set(places.filter((id) => kindOfNode(id) === 'account').map(keyOfNode));
    await this.ask([...keys].filter((key) => !this.accounts.has(key)));
    return (place) => {
      const kind = kindOfNode(place);
      if (kind === 'account') return this.accounts.get(keyOfNode(place)) === true;
      return (kind !== 'client' && kind !== 'application') || this.applications.has(keyOfNode(place));
    };
  }

  private async ask(keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    const rows = await this.queries.query<{ readonly key: string }>(
      `SELECT a.key FROM unnest($2::text[]) AS k (key) JOIN accounts a ON a.integration_id = $1 AND a.key = k.key COLLATE "C"
       WHERE ${isUsableAccount('a')}`,
      [this.integrationId, keys],
    );
    for (const key of keys) this.accounts.set(key, false);
    for (const { key } of rows) this.accounts.set(key, true);
  }
}
