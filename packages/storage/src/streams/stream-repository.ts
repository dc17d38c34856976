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
  /** Parts that could not be listed in the present pass. */
  readonly unlisted: readonly Unlisted[];
  readonly error: ErrorView | null;
  readonly updatedAt: Date;
}

export interface RejectedRecord {
  readonly stream: string;
  readonly position: string;
  readonly reason: string;
  readonly createdAt: Date;
}

export class StreamRepository {
  constructor(private readonly database: Database) {}

  async list(workspaceId: string, integrationId: string): Promise<readonly StreamFreshness[]> {
    return (await this.byIntegration(workspaceId, [integrationId])).get(integrationId) ?? [];
  }

  /** In one question, however many integrations there are. */
  async byIntegration(
    workspaceId: string,
    integrationIds: readonly string[],
  ): Promise<ReadonlyMap<string, readonly StreamFreshness[]>> {
    const rows = await this.database.query<StreamFreshness & { readonly integrationId: string }>(
      `SELECT s.integration_id AS "integrationId", s.stream, s.kind, s.semantics, s.status, s.generation,
         s.complete_generation AS "completeGeneration", s.fresh_at AS "freshAt", s.unlisted, s.error, s.updated_at AS "updatedAt"
       FROM stream_state s JOIN integrations i ON i.id = s.integration_id
       WHERE i.workspace_id = $1 AND i.id = ANY ($2::uuid[]) ORDER BY s.stream`,
      [workspaceId, integrationIds],
    );
    const byId = new Map<string, StreamFreshness[]>();
    for (const { integrationId, ...stream } of rows) byId.set(integrationId, [...(byId.get(integrationId) ?? []), stream]);
    return byId;
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
