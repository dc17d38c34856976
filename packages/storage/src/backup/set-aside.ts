import type pg from 'pg';
import { quoted } from './our-tables.js';

/**
 * What rows that were whole once need not meet again: foreign keys, which would want an order of the tables, and triggers,
 * which would write what is among the rows already. The owner of the tables may do this; he need not be a superuser.
 * @returns puts everything back as it was; a foreign key is checked over all rows then
 */
export async function setAside(client: pg.ClientBase, tables: readonly string[]): Promise<() => Promise<void>> {
  const back = [...(await dropForeignKeys(client, tables)), ...(await disableTriggers(client, tables))];
  return async () => {
    for (const statement of back) await client.query(statement);
  };
}

async function dropForeignKeys(client: pg.ClientBase, tables: readonly string[]): Promise<readonly string[]> {
  // One that a partition has from its table comes and goes with that one.
  const { rows } = await client.query<{ readonly table: string; readonly name: string; readonly text: string }>(
    `SELECT t.relname AS table, conname AS name, pg_get_constraintdef(k.oid) AS text
     FROM pg_constraint k JOIN pg_class t ON t.oid = conrelid
     WHERE contype = 'f' AND conparentid = 0 AND t.relnamespace = current_schema()::regnamespace AND t.relname = ANY ($1)
     ORDER BY 1, 2`,
    [tables],
  );
  for (const { table, name } of rows) await client.query(`ALTER TABLE ${quoted(table)} DROP CONSTRAINT ${quoted(name)}`);
  return rows.map(({ table, name, text }) => `ALTER TABLE ${quoted(table)} ADD CONSTRAINT ${quoted(name)} ${text}`);
}

const ENABLE: Readonly<Record<string, string>> = { O: 'ENABLE', A: 'ENABLE ALWAYS', R: 'ENABLE REPLICA' };

async function disableTriggers(client: pg.ClientBase, tables: readonly string[]): Promise<readonly string[]> {
  const { rows } = await client.query<{ readonly table: string; readonly name: string; readonly state: string }>(
    `SELECT t.relname AS table, tgname AS name, tgenabled::text AS state FROM pg_trigger g JOIN pg_class t ON t.oid = tgrelid
     WHERE NOT tgisinternal AND tgparentid = 0 AND tgenabled <> 'D' AND t.relnamespace = current_schema()::regnamespace
       AND t.relname = ANY ($1) ORDER BY 1, 2`,
    [tables],
  );
  for (const { table, name } of rows) await client.query(`ALTER TABLE ${quoted(table)} DISABLE TRIGGER ${quoted(name)}`);
  return rows.map(
    ({ table, name, state }) => `ALTER TABLE ${quoted(table)} ${ENABLE[state] ?? 'ENABLE'} TRIGGER ${quoted(name)}`,
  );
}
