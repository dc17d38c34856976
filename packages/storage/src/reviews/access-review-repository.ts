import type { Database } from '../database/database.js';
import { instantText } from '../database/instant-text.js';

/** A list of who reaches an application that somebody has signed. The file is not kept, its digest is. */
export interface AccessReview {
  readonly id: string;
  readonly integrationId: string;
  readonly application: { readonly key: string; readonly label: string };
  /** As the audit log names it: the name stays when the user goes. */
  readonly reviewer: { readonly kind: 'user' | 'api_key'; readonly id: string; readonly name: string };
  readonly note: string | null;
  /** The instant that the file is about. */
  readonly asOf: Date;
  readonly format: 'csv' | 'jsonl';
  /** Rows of the file. */
  readonly accounts: number;
  /** Of all bytes before the last line of the file. */
  readonly sha256: Buffer;
  readonly createdAt: Date;
}

export interface AccessReviewPage {
  readonly reviews: readonly AccessReview[];
  /** For `after` of the next page: `instant|id`; `null` on the last. */
  readonly next: string | null;
}

export interface AccessReviewQuery {
  readonly integrationId: string;
  /** Key of the application; left out: all. */
  readonly application?: string | undefined;
  readonly after?: string | undefined;
  readonly limit?: number;
}

/** Reviews are added and read. Nothing changes one: the host's own role could not (see AppRole). */
export class AccessReviewRepository {
  constructor(private readonly database: Database) {}

  /** By the database's own clock, which says since when records are there: when the transaction that it is asked in began. */
  async now(): Promise<Date> {
    const [row] = await this.database.query<{ readonly now: Date }>(`SELECT date_trunc('milliseconds', now()) AS now`);
    if (row === undefined) throw new Error('The database does not know the time.');
    return row.now;
  }

  /** With its id and its time: both stand in the file, of whose bytes the digest is. */
  async create(workspaceId: string, review: AccessReview): Promise<void> {
    const { id, integrationId, application, reviewer, note, asOf, format, accounts, sha256, createdAt } = review;
    const [created] = await this.database.query(
      `INSERT INTO access_reviews (workspace_id, integration_id, application, application_label, reviewer, note, as_of, format, accounts, sha256, id, created_at)
       SELECT i.workspace_id, i.id, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12 FROM integrations i WHERE i.workspace_id = $1 AND i.id = $2
       RETURNING id`,
      [
        workspaceId,
        integrationId,
        application.key,
        application.label,
        JSON.stringify(reviewer),
        note,
        asOf,
        format,
        accounts,
        sha256,
        id,
        createdAt,
      ],
    );
    if (created === undefined) throw new Error('The integration was deleted while the review was made.');
  }

  /** Newest first. */
  async list(
    workspaceId: string,
    { integrationId, application, after, limit = 100 }: AccessReviewQuery,
  ): Promise<AccessReviewPage> {
    const [createdAt = null, id = null] = after?.split('|') ?? [];
    const rows = await this.database.query<AccessReview & { readonly position: string }>(
      `SELECT ${COLUMNS}, ${instantText('r.created_at')} || '|' || r.id AS position FROM access_reviews r
       WHERE r.workspace_id = $1 AND r.integration_id = $2 AND ($3::text IS NULL OR r.application = $3)
         AND ($4::timestamptz IS NULL OR (r.created_at <= $4 AND (r.created_at < $4 OR r.id > $5::uuid)))
       ORDER BY r.created_at DESC, r.id LIMIT $6`,
      [workspaceId, integrationId, application ?? null, createdAt, id, limit + 1],
    );
    const shown = rows.slice(0, limit).map(({ position, ...review }) => ({ position, review }));
    return {
      reviews: shown.map(({ review }) => review),
      next: rows.length > limit ? (shown.at(-1)?.position ?? null) : null,
    };
  }
}

const COLUMNS = `r.id, r.integration_id AS "integrationId", json_build_object('key', r.application, 'label', r.application_label) AS application,
  r.reviewer, r.note, r.as_of AS "asOf", r.format, r.accounts, r.sha256, r.created_at AS "createdAt"`;
