import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** Sorted as people sort, like most servers of customers: what must come in byte order has to say so. */
const EMPTY = `TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'`;
const MIGRATED = 'migrated';
/** To copy the pages costs less than to write them into the log. */
const COPY = `TEMPLATE ${MIGRATED} STRATEGY FILE_COPY`;

/**
 * For tests: a database of its own name, in a tenth of the time that a server of its own takes. It goes with the server.
 * @param server `url` of an embedded server, e.g. of the one that all suites of this repository share (`test/postgres`)
 */
export function newDatabase(server: string | undefined): Promise<string> {
  return create(server, newName(), EMPTY);
}

/** The same with all tables, which are made once for all: `prepareServer` comes first. */
export function migratedDatabase(server: string | undefined): Promise<string> {
  return create(server, newName(), COPY);
}

/** Makes the tables that `migratedDatabase` copies. */
export async function prepareServer(server: string): Promise<void> {
  const url = await create(server, MIGRATED, EMPTY);
  // Only here: who wants an empty database need not load all of the storage.
  const { connect } = await import('../database/connect.js');
  const none = () => undefined;
  const database = await connect(url, { poolSize: 1, logger: { debug: none, info: none, warn: none, error: none } });
  await database.close();
}

const newName = (): string => `test_${randomBytes(6).toString('hex')}`;

async function create(server: string | undefined, name: string, options: string): Promise<string> {
  if (server === undefined)
    throw new Error('There is no PostgreSQL for the tests: run them with the configuration of the root.');
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name} ${options}`);
  } finally {
    await client.end();
  }
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
