import type { Known, KnownAccount, KnownGroup, LogEvent } from '@castellan/detection';
import type { Queries } from '@castellan/storage';
import { knownRecords } from '../known-records.js';
import { namedIn } from '../log-facts.js';

interface Where {
  readonly integrationId: string;
  readonly others: readonly string[];
  readonly breakGlass: ReadonlySet<string>;
}

/** What the last syncs say, asked once of each account and group. */
export class KnownSoFar implements Known {
  readonly #accounts = new Map<string, KnownAccount | undefined>();
  readonly #groups = new Map<string, KnownGroup | undefined>();

  constructor(
    private readonly queries: Queries,
    private readonly where: Where,
  ) {}

  account(id: string): KnownAccount | undefined {
    return this.#accounts.get(id);
  }

  group(id: string): KnownGroup | undefined {
    return this.#groups.get(id);
  }

  /** Asks of those that events name, and that it was not asked of before. */
  async ask(events: readonly LogEvent[]): Promise<void> {
    const named = namedIn(events);
    const accounts = named.accounts.filter((id) => !this.#accounts.has(id));
    const groups = named.groups.filter((id) => !this.#groups.has(id));
    if (accounts.length === 0 && groups.length === 0) return;
    const known = await knownRecords(this.queries, { ...this.where, accounts, groups });
    for (const id of accounts) this.#accounts.set(id, known.account(id));
    for (const id of groups) this.#groups.set(id, known.group(id));
  }
}
