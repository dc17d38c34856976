import type { ActionDone, ActionStep } from '@castellan/connector-sdk';
import type { AuditActor } from '../audit/audit-log.js';
import type { Database } from '../database/database.js';
import { REQUEST_COLUMNS } from './request-columns.js';
import { instantText } from '../database/instant-text.js';
import { keepStale } from '../stale/stale-parts.js';
import type { ActionProblem, ActionRequest, ActionState, NewActionRequest } from './action-request.js';
import { shouldShow } from './by-hand.js';

export interface ActionRequestQuery {
  readonly integrationId?: string | undefined;
  readonly states?: readonly ActionState[] | undefined;
  readonly findingId?: string | undefined;
  readonly incidentId?: string | undefined;
  /** Among these. */
  readonly ids?: readonly string[] | undefined;
  /** `null`: what is of none. */
  readonly batchId?: string | null | undefined;
  readonly after?: string | undefined;
  readonly limit?: number;
}

export interface ActionRequestPage {
  readonly requests: readonly ActionRequest[];
  /** For `after` of the next page; `null` on the last. */
  readonly next: string | null;
}

export interface Created {
  readonly request: ActionRequest;
  readonly is: 'new' | 'same wish' | 'under way';
}

/** How long somebody may think about a proposal: what it would do is not what was shown any more. */
export const PROPOSED_HOURS = 24;
/** How long what was done can be taken back from here: later nobody knows what has been built on it. */
export const UNDO_DAYS = 7;
/** Whoever does one says every so often that it still does; one that is silent for longer was killed. */
const LEASE = `interval '60 seconds'`;

/** Objects of a batch that wait for another try, before no further one is begun: what ails the provider would befall them all. */
const MOST_WAITING = 3;
/** Of `r`. A second look at what was done changes nothing, and waits for nobody. */
const MAY_BEGIN = `(r.state = 'done' OR r.exclusive
   OR NOT EXISTS (SELECT FROM action_requests other WHERE other.integration_id = r.integration_id AND other.exclusive)
     AND (r.batch_id IS NULL OR r.tries > 0 OR ${MOST_WAITING} > (
       SELECT count(*) FROM action_requests tried WHERE tried.batch_id = r.batch_id AND tried.state = 'approved' AND tried.tries > 0)))`;

export interface DueAction {
  readonly id: string;
  readonly integrationId: string;
}

interface DueIn {
  readonly except?: readonly string[];
  readonly only?: string;
}

/** What somebody wants to have done, and what became of it. */
export class ActionRequests {
  constructor(private readonly database: Database) {}

  /**
   * In the caller's transaction. A destructive one, or one of very many, waits for a second person, any other is done next, and what was done by hand is looked
   * at next.
   * @returns the one that is there already, where the same wish comes again, or the same is to be done already; `undefined`: there is no
   * such integration
   */
  async create(workspaceId: string, request: NewActionRequest): Promise<Created | undefined> {
    const [subject] = request.plan.touches;
    if (subject === undefined) throw new Error('A plan touches something.');
    const state = firstState(request);
    const [made] = await this.database.query<ActionRequest>(
      `INSERT INTO action_requests (workspace_id, integration_id, action, title, effect, input, plan, fingerprint, reason, subject_kind, subject_key,
         subject_name, finding_id, incident_id, undo_of, requested_by, wish, state, due_at, by_hand, batch_id, created_at)
       SELECT i.workspace_id, i.id, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, CASE WHEN $18 <> 'proposed' THEN now() END, $19, $20,
         clock_timestamp()
       FROM integrations i WHERE i.workspace_id = $1 AND i.id = $2
       ON CONFLICT DO NOTHING RETURNING ${REQUEST_COLUMNS}`,
      [
        workspaceId,
        request.integrationId,
        request.action,
        request.title,
        request.effect,
        JSON.stringify(request.input),
        JSON.stringify(request.plan),
        request.plan.fingerprint,
        request.reason,
        subject.kind,
        subject.key,
        subject.name,
        request.findingId,
        request.incidentId,
        request.undoOf,
        JSON.stringify(request.requestedBy),
        request.wish,
        state,
        request.byHand,
        request.batchId,
      ],
    );
    if (made !== undefined) return { request: made, is: 'new' };
    const [known] = await this.database.query<ActionRequest>(
      `SELECT ${REQUEST_COLUMNS} FROM action_requests WHERE workspace_id = $1
         AND (wish = $2 OR (integration_id = $3 AND action = $4 AND md5(input::text) = md5($5::jsonb::text) AND state IN ('proposed', 'approved', 'running')))
       ORDER BY wish <> $2 LIMIT 1`,
      [workspaceId, request.wish, request.integrationId, request.action, JSON.stringify(request.input)],
    );
    return known === undefined ? undefined : { request: known, is: known.wish === request.wish ? 'same wish' : 'under way' };
  }

  async find(workspaceId: string, id: string): Promise<ActionRequest | undefined> {
    const [found] = await this.database.query<ActionRequest>(
      `SELECT ${REQUEST_COLUMNS} FROM action_requests WHERE workspace_id = $1 AND id = $2`,
      [workspaceId, id],
    );
    return found;
  }

  async ofWish(workspaceId: string, wish: string): Promise<ActionRequest | undefined> {
    const [found] = await this.database.query<ActionRequest>(
      `SELECT ${REQUEST_COLUMNS} FROM action_requests WHERE workspace_id = $1 AND wish = $2`,
      [workspaceId, wish],
    );
    return found;
  }

  /** Newest first, without those of integrations that were deleted: their rows go little by little. */
  async list(workspaceId: string, query: ActionRequestQuery): Promise<ActionRequestPage> {
    const { integrationId, states, findingId, incidentId, batchId, ids, after, limit = 100 } = query;
    const [createdAt = null, id = null] = after?.split('|') ?? [];
    const rows = await this.database.query<ActionRequest & { readonly position: string }>(
      `SELECT ${REQUEST_COLUMNS}, ${instantText('created_at')} || '|' || id AS position FROM action_requests
       WHERE workspace_id = $1 AND ($2::uuid IS NULL OR integration_id = $2) AND ($3::text[] IS NULL OR state = ANY ($3))
         AND ($4::uuid IS NULL OR finding_id = $4) AND ($5::uuid IS NULL OR incident_id = $5)
         AND ($6::timestamptz IS NULL OR (created_at <= $6 AND (created_at < $6 OR id > $7::uuid)))
         AND ($9::uuid IS NULL OR batch_id = $9) AND (NOT $10 OR batch_id IS NULL) AND ($11::uuid[] IS NULL OR id = ANY ($11))
         AND EXISTS (SELECT FROM integrations i WHERE i.id = action_requests.integration_id)
       ORDER BY created_at DESC, id LIMIT $8`,
      [
        workspaceId,
        integrationId ?? null,
        states ?? null,
        findingId ?? null,
        incidentId ?? null,
        createdAt,
        id,
        limit + 1,
        batchId ?? null,
        batchId === null,
        ids ?? null,
      ],
    );
    const requests = rows.slice(0, limit).map(({ position: _position, ...request }) => request);
    return { requests, next: rows.length > limit ? (rows[limit - 1]?.position ?? null) : null };
  }

  /**
   * Somebody agrees or does not. In the caller's transaction.
   * @returns `undefined`: it waits for nobody any more, or for too long already
   */
  async decide(
    workspaceId: string,
    id: string,
    state: 'approved' | 'rejected' | 'withdrawn',
    by: AuditActor,
  ): Promise<ActionRequest | undefined> {
    const [decided] = await this.database.query<ActionRequest>(
      `UPDATE action_requests SET state = $3, decided_by = $4, decided_at = now(), due_at = CASE WHEN $3 = 'approved' THEN now() END,
         ended_at = CASE WHEN $3 = 'approved' THEN NULL ELSE now() END
       WHERE workspace_id = $1 AND id = $2 AND state = 'proposed' AND batch_id IS NULL
         AND ($3 <> 'approved' OR created_at > now() - interval '${PROPOSED_HOURS} hours')
       RETURNING ${REQUEST_COLUMNS}`,
      [workspaceId, id, state, JSON.stringify(by)],
    );
    return decided;
  }

  /**
   * Those that somebody should look at now, one of each integration: first what a killed host has left in the middle, then what was
   * asked for by itself, since it may be urgent, then what is of a batch.
   * @param except integrations that the caller is busy with
   * @param only the one that is asked about
   */
  async due(limit: number, { except = [], only }: DueIn = {}): Promise<readonly DueAction[]> {
    return this.database.query<DueAction>(
      `SELECT id, integration_id AS "integrationId" FROM (
         SELECT DISTINCT ON (integration_id) id, integration_id, due_at, batch_id IS NOT NULL AS batched FROM action_requests r
         WHERE due_at <= now() AND (lease_until IS NULL OR lease_until < now()) AND integration_id <> ALL ($2::uuid[])
           AND ($3::uuid IS NULL OR integration_id = $3) AND ${MAY_BEGIN}
         ORDER BY integration_id, exclusive DESC, batch_id IS NOT NULL, state = 'done', due_at, created_at
       ) AS first ORDER BY batched, due_at LIMIT $1`,
      [limit, except, only ?? null],
    );
  }

  /**
   * Takes one to do it, or to look whether it was done. Of two who ask at once one gets it, and of what is to be done in one integration
   * one at a time: what a plan promises, e.g. that an administrator is left, holds only while nobody else takes what it counts on.
   * @returns with the try that this is, which everything that is written afterwards has to name: `undefined` when it is not due
   */
  async take(id: string): Promise<ActionRequest | undefined> {
    return this.database.transaction(async (queries) => {
      await queries.query(
        `SELECT pg_advisory_xact_lock(hashtextextended('actions of ' || integration_id::text, 0)) FROM action_requests WHERE id = $1`,
        [id],
      );
      const [taken] = await queries.query<ActionRequest>(
        `UPDATE action_requests r SET state = CASE WHEN state = 'approved' THEN 'running' ELSE state END, lease_until = now() + ${LEASE},
           tries = tries + 1, started_at = coalesce(started_at, date_trunc('milliseconds', now())), exclusive = state <> 'done'
         WHERE id = $1 AND due_at <= now() AND (lease_until IS NULL OR lease_until < now()) AND ${MAY_BEGIN} RETURNING ${REQUEST_COLUMNS}`,
        [id],
      );
      return taken;
    });
  }

  /** @returns `false`: somebody else has taken it meanwhile, and what this one knows counts no more */
  async keep({ id, tries }: ActionRequest): Promise<boolean> {
    const kept = await this.database.query(
      `UPDATE action_requests SET lease_until = now() + ${LEASE} WHERE id = $1 AND tries = $2 AND lease_until IS NOT NULL RETURNING id`,
      [id, tries],
    );
    return kept.length > 0;
  }

  /** It was done, or was so already, and is to be seen: what it may have changed is read again with the next poll. */
  async done(request: ActionRequest, { changed, message, stale }: ActionDone): Promise<ActionRequest | undefined> {
    return this.database.transaction(async (queries) => {
      const [done] = await queries.query<ActionRequest>(
        `UPDATE action_requests SET state = 'done', changed = $3, message = $4, problem = NULL, due_at = now()
         WHERE id = $1 AND tries = $2 AND lease_until IS NOT NULL RETURNING ${REQUEST_COLUMNS}`,
        [request.id, request.tries, changed, message],
      );
      if (done !== undefined) await keepStale(queries, request.integrationId, stale);
      return done;
    });
  }

  /** It was done, and nobody shows whether it is so. */
  async unseen(request: ActionRequest): Promise<boolean> {
    const { changed, message } = request;
    return this.#settle(request, { state: 'done', changed, message, problem: null, afterMs: null });
  }

  /** It is tried, or looked at, again. */
  async later(request: ActionRequest, problem: ActionProblem | null, afterMs: number): Promise<boolean> {
    const { state, changed, message } = request;
    return this.#settle(request, { state: state === 'done' ? 'done' : 'approved', changed, message, problem, afterMs });
  }

  /**
   * It was seen to be so. Of what takes another one back that one is told.
   * @param undo what takes it back, where that was not known before
   */
  async verified(request: ActionRequest, undo: ActionStep | null): Promise<boolean> {
    const { id, undoOf, changed, message } = request;
    const isOurs = await this.#settle(request, { state: 'verified', changed, message, problem: null, afterMs: null });
    if (!isOurs) return false;
    if (request.plan.undo === null && undo !== null)
      await this.database.query(`UPDATE action_requests SET plan = jsonb_set(plan, '{undo}', $2::jsonb) WHERE id = $1`, [
        id,
        JSON.stringify(undo),
      ]);
    if (undoOf !== null)
      await this.database.query(`UPDATE action_requests SET undone_by = $2 WHERE id = $1 AND undone_by IS NULL`, [undoOf, id]);
    return true;
  }

  /** Whether what was said to be done by hand should show by now. */
  shouldShow(request: ActionRequest): Promise<boolean> {
    return shouldShow(this.database, request);
  }

  async failed(request: ActionRequest, problem: ActionProblem): Promise<boolean> {
    const { changed, message } = request;
    return this.#settle(request, { state: 'failed', changed, message, problem, afterMs: null });
  }

  async #settle({ id, tries }: ActionRequest, { state, changed, message, problem, afterMs }: Settled): Promise<boolean> {
    const settled = await this.database.query(
      `UPDATE action_requests SET state = $3, changed = $4, message = $5, problem = $6, lease_until = NULL, exclusive = false,
         due_at = CASE WHEN $7::float IS NOT NULL THEN now() + $7 * interval '1 millisecond' END,
         ended_at = CASE WHEN $7::float IS NULL THEN now() ELSE ended_at END
       WHERE id = $1 AND tries = $2 AND lease_until IS NOT NULL RETURNING id`,
      [id, tries, state, changed, message, problem === null ? null : JSON.stringify(problem), afterMs],
    );
    return settled.length > 0;
  }
}

function firstState({ byHand, effect, needsApproval = effect === 'destructive' }: NewActionRequest): ActionState {
  if (byHand) return 'done';
  return needsApproval ? 'proposed' : 'approved';
}

interface Settled {
  readonly state: ActionState;
  readonly changed: boolean | null;
  readonly message: string | null;
  readonly problem: ActionProblem | null;
  /** `null`: nothing is to be done any more. */
  readonly afterMs: number | null;
}
