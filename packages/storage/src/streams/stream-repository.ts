import type { ErrorView, RecordKind, Unlisted } from '@castellan/connector-sdk';
import type { Database } from '../database/database.js';

/** How fresh a stream's rows are, and why not fresher. */
export interface StreamFreshness {
  readonly stream: string;
  readonly kind: RecordKind;
  readonly semantics: 'snapshot' | 'changes';
  readonly status: 'reading' | 'complete' | 'skipped' | 'incomplete';
  readonly generation: number;
  readonly completeGeneration: number | null;
  /** When it was last read to its end; `null`: never. */
  readonly freshAt: Date | null;
  /** The first ten parts that could not be listed in the present pass, and how many there are. */
  readonly unlisted: readonly Unlisted[];
  readonly unlistedCount: number;
  readonly error: ErrorView | null;
  readonly updatedAt: Date;
}

export interface RejectedRecord {
  readonly stream: string;
  readonly position: string;
  readonly reason: string;
  readonly createdAt: Date;
}

/** Prepared, as what else a status is derived from. */
const LIST = {
  name: 'streams_list',
  text: `SELECT s.integration_id AS "integrationId", s.stream, s.kind, s.semantics, s.status, s.generation,
      s.complete_generation AS "completeGeneration", s.fresh_at AS "freshAt",
      CASE WHEN s.unlisted = '[]' THEN '[]' ELSE jsonb_path_query_array(s.unlisted, '$[0 to 9]') END AS unlisted, jsonb_array_length(s.unlisted) AS "unlistedCount",
      s.error, s.updated_at AS "updatedAt"
    FROM stream_state s JOIN integrations i ON i.id = s.integration_id
    WHERE i.workspace_id = $1 AND i.id = ANY ($2::uuid[]) ORDER BY s.stream`,
};

export class StreamRepository {
  constructor(private readonly database: Database) {}

  async list(workspaceId: string, integrationId: string): Promise<readonly StreamFreshness[]> {
    return (await this.listMany(workspaceId, [integrationId])).get(integrationId) ?? [];
  }

  /** By integration. */
  async listMany(workspaceId: string, ids: readonly string[]): Promise<ReadonlyMap<string, readonly StreamFreshness[]>> {
    const rows = await this.database.query<StreamFreshness & { readonly integrationId: string }>(LIST, [workspaceId, ids]);
    const byIntegration = new Map<string, StreamFreshness[]>(ids.map((id) => [id, []]));
    for (const { integrationId, ...stream } of rows) byIntegration.get(integrationId)?.push(stream);
    return byIntegration;
  }

  /** Rows of the present pass that could not be kept: at most 1,000 a stream. */
  async rejected(workspaceId: string, integrationId: string, limit = 100): Promise<readonly RejectedRecord[]> {
    return this.database.query<RejectedRecord>(
      `SELECT r.stream, r.position, r.reason, r.created_at AS "createdAt"
       FROM rejected_records r JOIN integrations i ON i.id = r.integration_id
       WHERE i.workspace_id = $1 AND i.id = $2 ORDER BY r.id LIMIT $3`,
      [workspaceId, integrationId, limit],
    );
  }
}
