import pg from 'pg';

/** Does `work` while this process holds the lock, which ends with its connection. Waits for it, or throws `orElse`. */
export async function whileLocked<T>(
  url: string,
  lock: number,
  work: () => Promise<T>,
  { orElse }: { readonly orElse?: Error } = {},
): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined); // the lock is gone then; whoever comes next finds what this process has committed
  await client.connect();
  try {
    if (orElse === undefined) await client.query('SELECT pg_advisory_lock($1)', [lock]);
    else if (!(await tryLock(client, lock))) throw orElse;
    return await work();
  } finally {
    await client.end();
  }
}

async function tryLock(client: pg.Client, lock: number): Promise<boolean> {
  const { rows } = await client.query<{ readonly taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [lock]);
  return rows[0]?.taken === true;
}
