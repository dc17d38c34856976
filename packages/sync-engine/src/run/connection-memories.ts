import { createHash } from 'node:crypto';
import { type ConnectionMemory, connectionMemory } from '@castellan/connector-sdk';

interface Kept {
  readonly fingerprint: string;
  readonly memory: ConnectionMemory;
}

/** More integrations than one host polls in a minute; the one that was not used for longest gives way. */
const MOST = 1_000;

/** What connections keep between runs, in this process. Other settings mean another connection: nothing of the old one is kept. */
export class ConnectionMemories {
  readonly #kept = new Map<string, Kept>();

  of(integrationId: string, config: object): ConnectionMemory {
    const fingerprint = createHash('sha256').update(JSON.stringify(config)).digest('hex');
    const known = this.#kept.get(integrationId);
    const kept = known?.fingerprint === fingerprint ? known : { fingerprint, memory: connectionMemory() };
    // Behind all others: a Map keeps the order of insertion.
    this.#kept.delete(integrationId);
    this.#kept.set(integrationId, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST && oldest !== undefined) this.#kept.delete(oldest);
    return kept.memory;
  }
}
