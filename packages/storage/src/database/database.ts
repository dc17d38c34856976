import type { Logger } from '@castellan/connector-sdk';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Pool, PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { bounded, type StatementBounds } from './bounded-statement.js';
import type { CancelStatement } from './cancel-statement.js';
import { sqlState } from './sql-state.js';

/** One statement, or a prepared one: parsed and planned once a connection. */
export type Statement = string | { readonly name: string; readonly text: string };

/** Runs statements with parameters; `R` names the columns that the statement selects. */
export interface Queries {
  query<R extends object>(statement: Statement, values?: readonly unknown[]): Promise<R[]>;
}

/** Connections of this process, and callers that wait for one. */
export interface PoolUsage {
  readonly busy: number;
  readonly idle: number;
  readonly waiting: number;
}

/** Statements over TypeORM's own pool, where an ORM would be in the way: bulk writes, locks, conditional updates. */
export class Database implements Queries {
  private readonly pool: Pool;
  /** The transaction that the caller is in. */
  private readonly open = new AsyncLocalStorage<Queries | undefined>();

  /** What the caller's statements are bounded by; left out: by nothing. */
  private readonly bounds = new AsyncLocalStorage<StatementBounds>();

  constructor(
    readonly source: DataSource,
    private readonly logger: Logger,
    private readonly cancel: CancelStatement,
  ) {
    // TypeORM types the driver by its base class; for type 'postgres' it has the pool as `master`.
    this.pool = (source.driver as unknown as { readonly master: Pool }).master;
  }

  async close(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
    // As long as it is in use, every promise of the process pays for it.
    this.open.disable();
    this.bounds.disable();
  }

  /** Whatever `work` asks of the database, also later, is ended when it takes too long or nobody wants it any more. */
  bounded<T>(bounds: StatementBounds, work: () => T): T {
    return this.bounds.run(bounds, work);
  }

  poolUsage(): PoolUsage {
    const { totalCount, idleCount, waitingCount } = this.pool;
    return { busy: totalCount - idleCount, idle: idleCount, waiting: waitingCount };
  }

  async query<R extends object>(statement: Statement, values: readonly unknown[] = []): Promise<R[]> {
    const open = this.open.getStore();
    if (open !== undefined) return open.query<R>(statement, values);
    const client = await this.pool.connect();
    // A connection that breaks while nobody waits for an answer would end the process.
    const onError = (error: Error): void => this.logger.warn('database connection lost', { error: error.message });
    client.on('error', onError);
    try {
      return await this.run<R>(client, statement, values);
    } finally {
      client.off('error', onError);
      client.release();
    }
  }

  /**
   * All or nothing. Whatever `work` calls takes part, also through other repositories: a transaction inside joins the one
   * around it. Deadlocks are tried again: the database has rolled everything back.
   */
  async transaction<T>(work: (queries: Queries) => Promise<T>, begin = 'BEGIN'): Promise<T> {
    const open = this.open.getStore();
    if (open !== undefined) return work(open);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.once(work, begin);
      } catch (error) {
        if (attempt >= 5 || !['40P01', '40001'].includes(sqlState(error) ?? '')) throw error;
      }
    }
  }

  /** Apart from the transaction that the caller is in. What it needs may be held by that one: so it waits for seconds only. */
  ownTransaction<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    return this.open.run(undefined, () => this.transaction(work, `BEGIN; SET LOCAL lock_timeout = '5s'`));
  }

  private async once<T>(work: (queries: Queries) => Promise<T>, begin: string): Promise<T> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    const onError = (error: Error): void => {
      broken = error;
    };
    client.on('error', onError);
    try {
      await client.query(begin);
      const queries: Queries = { query: (statement, values) => this.run(client, statement, values ?? []) };
      const result = await this.open.run(queries, () => work(queries));
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((failure: Error) => {
        broken = failure; // gone: the server rolls back by itself, and the pool must not hand this connection out again
      });
      throw error;
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  }

  private async run<R extends object>(client: PoolClient, statement: Statement, values: readonly unknown[]): Promise<R[]> {
    const bounds = this.bounds.getStore();
    const asked = (): Promise<R[]> => run<R>(client, statement, values);
    return bounds === undefined ? asked() : bounded(asked, () => this.cancel(processOf(client)), bounds);
  }
}

async function run<R extends object>(client: PoolClient, statement: Statement, values: readonly unknown[]): Promise<R[]> {
  const { text, name } = typeof statement === 'string' ? { text: statement, name: undefined } : statement;
  const result = await client.query<R>({ text, ...(name !== undefined && { name }), values: [...values] });
  return result.rows;
}

/** Of the server, which it says to each connection; the types of the driver leave it out. */
function processOf(client: PoolClient): number {
  return (client as PoolClient & { readonly processID: number }).processID;
}
