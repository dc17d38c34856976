import pg from 'pg';

type Row = Record<string, unknown>;

/** A look into a database of a test, past all code that is tested. One connection for all statements: the server starts a process for each. */
export class Look {
  #client: Promise<pg.Client> | undefined;

  constructor(private readonly url: string) {}

  async query(text: string): Promise<readonly Row[]> {
    this.#client ??= this.#open();
    return (await (await this.#client).query<Row>(text)).rows;
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await (await client)?.end();
  }

  async #open(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.url });
    // A server that goes away takes the connection along: the next statement opens another one.
    client.on('error', () => {
      this.#client = undefined;
    });
    await client.connect();
    return client;
  }
}

/** One statement. */
export async function query(url: string, text: string): Promise<readonly Row[]> {
  const look = new Look(url);
  try {
    return await look.query(text);
  } finally {
    await look.close();
  }
}
