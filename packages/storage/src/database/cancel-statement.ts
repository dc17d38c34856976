import type { Logger } from '@castellan/connector-sdk';
import pg from 'pg';

/** Ends the statement that another connection runs; where it runs none, nothing happens. */
export type CancelStatement = (processId: number) => Promise<void>;

/** Over a connection of its own: those of the pool may all be busy with what is to be ended. */
export function cancelOver(url: string, logger: Logger): CancelStatement {
  return async (processId) => {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, query_timeout: 5_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('SELECT pg_cancel_backend($1)', [processId]);
    } catch (error) {
      logger.warn('a statement could not be ended', { error: error instanceof Error ? error.message : String(error) });
      throw error;
    } finally {
      // Not waited for: a server that does not answer would keep whoever waits for the statement.
      void client.end().catch(() => undefined);
    }
  };
}
