import { Look } from '../query.js';

/** Every row of every table as text; bytes are hex there. */
export async function dumpOf(url: string): Promise<string> {
  const look = new Look(url);
  try {
    const tables = await look.query(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    let text = '';
    for (const { name } of tables) {
      const [row] = await look.query(`SELECT coalesce(string_agg(t::text, E'\\n'), '') AS rows FROM ${String(name)} t`);
      text += `${String(name)}\n${String(row?.['rows'])}\n`;
    }
    return text;
  } finally {
    await look.close();
  }
}
