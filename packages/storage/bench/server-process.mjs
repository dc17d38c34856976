import { readFileSync } from 'node:fs';
import pg from 'pg';

/** The process id of the database server that answers at `url`, on this machine. Linux only. */
export async function serverProcess(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
    // The name, in brackets, may hold anything: fields are counted from behind it.
    return Number(readFileSync(`/proc/${rows[0].pid}/stat`, 'utf8').split(') ').at(-1).split(' ')[1]);
  } finally {
    await client.end();
  }
}
