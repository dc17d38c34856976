import { type Scope, type Stale, scopeKey } from '@castellan/connector-sdk';
import type { MemoryHost } from './memory-host.js';
import { throughJson } from './memory-host.js';

/** More rounds than any connector needs: parts that call each other stale for ever are a mistake. */
const MOST_ROUNDS = 10;
const MOST_SCOPES = 500;

/** What an engine does between two listings, for the suite: the log, the deltas, and what they name read again. */
export class KeepFresh {
  readonly #host: MemoryHost;
  readonly #pending = new Map<string, Stale>();
  /** Parts that the connector could not read. */
  readonly unread: string[] = [];

  constructor(host: MemoryHost) {
    this.#host = host;
  }

  /** Everything that has changed since the last listing, as far as anybody can say. */
  async poll(): Promise<void> {
    const changes = this.#host.connector.streamsOf(this.#host.config).filter(({ semantics }) => semantics === 'changes');
    if (changes.length > 0) await this.#relist(changes.map(({ name }) => name));
    for (const { name, hasDelta } of this.#host.connector.streamsOf(this.#host.config)) if (hasDelta) await this.delta(name);
    this.note(this.#host.stale.splice(0));
    await this.drain();
  }

  note(found: readonly Stale[]): void {
    for (const stale of found) {
      if (!this.#host.streams.includes(stale.stream)) continue;
      this.#pending.set(`${stale.stream} ${stale.scope === undefined ? '' : scopeKey(stale.scope)}`, stale);
    }
  }

  async delta(stream: string): Promise<void> {
    const { states, rows, connector } = this.#host;
    const since = states[stream];
    if (since === undefined) throw new Error(`Stream ${stream} has a delta, but its complete listing gave no resumeFrom.`);
    await this.#host.with(undefined, async (context) => {
      for await (const page of connector.delta({ ...context, stream, since, synced: rows.synced() })) {
        for (const record of page.records) rows.write(stream, throughJson(record));
        this.note(page.stale);
        if (page.resumeFrom !== undefined) states[stream] = throughJson(page.resumeFrom);
      }
    });
  }

  async drain(): Promise<void> {
    for (let round = 0; this.#pending.size > 0; round += 1) {
      if (round >= MOST_ROUNDS)
        throw new Error(`Parts call each other stale without end: ${[...this.#pending.keys()].slice(0, 5).join(', ')}.`);
      for (const stream of this.#host.streams) await this.#drainOf(stream);
    }
  }

  async #drainOf(stream: string): Promise<void> {
    const mine = [...this.#pending].filter(([, stale]) => stale.stream === stream);
    if (mine.length === 0) return;
    for (const [key] of mine) this.#pending.delete(key);
    const scopes = mine.flatMap(([, { scope }]) => scope ?? []).slice(0, MOST_SCOPES);
    const whole = mine.find(([, { scope }]) => scope === undefined)?.[1];
    if (whole?.delta === true && this.#infoOf(stream).hasDelta) await this.delta(stream);
    else if (whole !== undefined || !this.#infoOf(stream).refreshable) return this.#relist([stream]);
    if (scopes.length > 0) await this.#refresh(stream, scopes);
  }

  async #refresh(stream: string, scopes: readonly Scope[]): Promise<void> {
    const { rows, connector, states } = this.#host;
    const shown = new Set<string>();
    await this.#host.with(undefined, async (context) => {
      for await (const page of connector.refresh({
        ...context,
        stream,
        scopes,
        state: states[stream],
        synced: rows.synced(),
      })) {
        for (const record of page.records) {
          rows.write(stream, throughJson(record));
          shown.add(`${record.kind} ${record.key}`);
        }
        for (const scope of page.complete)
          for (const { kind, key } of rows.inside(stream, scope)) if (!shown.has(`${kind} ${key}`)) rows.remove(kind, key);
        this.unread.push(...page.unread.map(({ scope, reason }) => `${stream} ${scopeKey(scope)}: ${reason}`));
        this.note(page.stale);
      }
    });
  }

  /** A listing from the beginning, swept; a stream of changes goes on where it was. */
  async #relist(streams: readonly string[]): Promise<void> {
    const host = this.#host;
    const seen = new Set<string>();
    for (const name of streams) host.completed.delete(name);
    for (const name of host.streams) if (!streams.includes(name)) host.completed.add(name);
    const unlistedBefore = host.unlisted.length;
    await host.run({
      streams,
      onPage: ({ records }) => {
        for (const { kind, key } of records) seen.add(`${kind} ${key}`);
      },
    });
    const unlisted = host.unlisted.slice(unlistedBefore);
    for (const name of streams) {
      if (this.#infoOf(name).semantics === 'changes' || !host.completed.has(name)) continue;
      for (const { kind, key, partition } of host.rows.of(name)) {
        const isUnlisted = unlisted.some((one) => one.stream === name && one.partition === partition);
        if (!seen.has(`${kind} ${key}`) && !isUnlisted) host.rows.remove(kind, key);
      }
    }
  }

  #infoOf(stream: string): { readonly hasDelta: boolean; readonly refreshable: boolean; readonly semantics: string } {
    const info = this.#host.connector.streams.find(({ name }) => name === stream);
    if (info === undefined) throw new Error(`There is no stream ${stream}.`);
    return info;
  }
}
