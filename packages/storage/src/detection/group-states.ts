import { createHash } from 'node:crypto';
import type { Queries } from '../database/database.js';

/** A window of a correlation: what it knows is its own business. */
export interface StoredGroup {
  readonly name: string;
  readonly state: unknown;
}

export interface GroupToStore extends StoredGroup {
  /** When something is missed that has not come by then, in ms since 1970; `null`: nothing will be. */
  readonly dueAt: number | null;
  readonly endsAt: number;
}

/** Of an organisation, in the caller's transaction. */
export class GroupStates {
  constructor(
    private readonly queries: Queries,
    private readonly integrationId: string,
  ) {}

  /** @param version of the rule: what another one has left is as if it were not there */
  async load(rule: string, version: string, names: readonly string[]): Promise<readonly StoredGroup[]> {
    if (names.length === 0) return [];
    return this.queries.query<StoredGroup>(
      `SELECT name, state FROM detection_groups
       WHERE integration_id = $1 AND rule = $2 AND version = $3 AND digest = ANY ($4::bytea[])`,
      [this.integrationId, rule, version, names.map(digestOf)],
    );
  }

  /** Those in which something is missed at `until`, at most so many as one look can judge. */
  async due(rule: string, version: string, until: number): Promise<readonly string[]> {
    const rows = await this.queries.query<{ readonly name: string }>(
      `SELECT name FROM detection_groups
       WHERE integration_id = $1 AND due_at < $4 AND rule = $2 AND version = $3 ORDER BY due_at LIMIT 10000`,
      [this.integrationId, rule, version, new Date(until)],
    );
    return rows.map(({ name }) => name);
  }

  async save(rule: string, version: string, groups: readonly GroupToStore[]): Promise<void> {
    if (groups.length === 0) return;
    const rows = groups.map(({ name, state, dueAt, endsAt }) => ({
      digest: digestOf(name).toString('hex'),
      name: withoutNul(name),
      state,
      due: dueAt === null ? null : moment(dueAt),
      ends: moment(endsAt),
    }));
    await this.queries.query(
      `INSERT INTO detection_groups (integration_id, rule, version, digest, name, state, due_at, ends_at)
       SELECT $1, $2, $3, decode(digest, 'hex'), name, state, due, ends
       FROM jsonb_to_recordset($4::jsonb) AS s (digest text, name text, state jsonb, due timestamptz, ends timestamptz)
       ON CONFLICT (integration_id, rule, digest) DO UPDATE SET version = excluded.version, state = excluded.state,
         due_at = excluded.due_at, ends_at = excluded.ends_at`,
      [this.integrationId, rule, version, JSON.stringify(rows)],
    );
  }

  async remove(rule: string, names: readonly string[]): Promise<void> {
    if (names.length === 0) return;
    await this.queries.query(
      `DELETE FROM detection_groups WHERE integration_id = $1 AND rule = $2 AND digest = ANY ($3::bytea[])`,
      [this.integrationId, rule, names.map(digestOf)],
    );
  }

  /**
   * Removes what nothing that is still to come can go on with: at most `limit`. Something that is missed, and is not told yet, stays.
   * @param versions of the rules that are in use, by their ids: what others have left goes whatever it waits for
   * @returns how many it were
   */
  async forget(until: number, versions: ReadonlyMap<string, string>, limit: number): Promise<number> {
    const gone = await this.queries.query(
      `DELETE FROM detection_groups WHERE integration_id = $1 AND (rule, digest) IN (
         SELECT rule, digest FROM detection_groups g
         WHERE integration_id = $1 AND ends_at < $2 AND (due_at IS NULL OR due_at >= $2 OR NOT EXISTS (
           SELECT FROM unnest($4::text[], $5::text[]) AS used (rule, version) WHERE used.rule = g.rule AND used.version = g.version
         ))
         ORDER BY ends_at LIMIT $3
       ) RETURNING 1`,
      [this.integrationId, new Date(until), limit, [...versions.keys()], [...versions.values()]],
    );
    return gone.length;
  }
}

/** PostgreSQL reads no year of five digits as JavaScript writes it, and an event may say that it is of the last of four. */
const LAST = Date.UTC(9999, 11, 31);
const moment = (at: number): string => new Date(Math.min(at, LAST)).toISOString();

function digestOf(name: string): Buffer {
  return createHash('sha256').update(name).digest();
}

/** PostgreSQL has no text with this character. */
function withoutNul(text: string): string {
  return text.replaceAll('\0', '\uFFFD');
}
