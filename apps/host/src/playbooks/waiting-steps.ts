import type { ApprovalStep, WaitStep } from '@castellan/playbooks';
import type { Storage, StoredStep } from '@castellan/storage';
import { type Looked, type RunContext, SLOW_LOOK_MS } from './run-context.js';
import { answerKey, begunStep, endedStep } from './step-log.js';

/** A little more than the clocks of hosts and database differ. */
const AFTER_MS = 1_000;

export function begunWait(step: ApprovalStep | WaitStep): StoredStep {
  const dueAt = new Date(Date.now() + step.within.ms).toISOString();
  return begunStep(step, { dueAt, message: step.kind === 'approval' ? step.asks : null });
}

/** A person decides, or nobody does in time. */
export function lookAtApproval({ run }: RunContext, step: ApprovalStep, entry: StoredStep): Looked {
  const answer = run.answers[answerKey(step.id)];
  const over = { waitsFor: null, afterMs: 0 };
  if (answer !== undefined) {
    const isApproved = answer.is === 'approved';
    const ended = endedStep(entry, isApproved ? 'approved' : 'declined', { decidedBy: answer.by, note: answer.note });
    return { entry: ended, to: isApproved ? null : step.declined, ...over };
  }
  const leftMs = msUntil(entry.dueAt);
  if (leftMs <= 0) return { entry: endedStep(entry, 'late'), to: step.late, ...over };
  return { entry, to: undefined, waitsFor: 'approval', afterMs: Math.min(leftMs + AFTER_MS, 10 * SLOW_LOOK_MS) };
}

/** Something happens, or is seen not to have happened. */
export async function lookAtWait(storage: Storage, context: RunContext, step: WaitStep, entry: StoredStep): Promise<Looked> {
  const over = { waitsFor: null, afterMs: 0 };
  if (await hasCome(storage, context, step, entry)) return { entry: endedStep(entry, 'came'), to: step.came, ...over };
  const leftMs = msUntil(entry.dueAt);
  if (leftMs > 0) return { entry, to: undefined, waitsFor: 'event', afterMs: Math.min(leftMs + AFTER_MS, SLOW_LOOK_MS) };
  if (step.for.is === 'event' && !(await isReadUntil(storage, context, entry.dueAt))) {
    // What nobody has looked for is not said to be missing.
    const message = 'The time is over, and the activity log was not read to its end: whether it came is not known yet.';
    return { entry: { ...entry, message }, to: undefined, waitsFor: 'event', afterMs: SLOW_LOOK_MS };
  }
  return { entry: endedStep(entry, 'late', { message: null }), to: step.late, ...over };
}

function msUntil(at: string | null): number {
  return at === null ? 0 : Date.parse(at) - Date.now();
}

async function hasCome(storage: Storage, { run }: RunContext, step: WaitStep, entry: StoredStep): Promise<boolean> {
  if (step.for.is === 'finding-resolved') {
    const finding = await storage.findings.find(run.workspaceId, run.findingId);
    return finding === undefined || finding.status === 'resolved' || finding.status === 'excepted';
  }
  const [came] = await storage.queries.query(
    `SELECT 1 FROM activity a WHERE a.integration_id = $1 AND left(a.actor ->> 'id', 200) = $2 AND a.published > $3 AND a.published <= $4
       AND a."use" = ANY ($5::text[]) LIMIT 1`,
    [run.integrationId, run.subject.key.slice(0, 200), entry.beganAt, entry.dueAt, step.for.use],
  );
  return came !== undefined;
}

async function isReadUntil(storage: Storage, { run }: RunContext, at: string | null): Promise<boolean> {
  const streams = await storage.streams.list(run.workspaceId, run.integrationId);
  const logs = streams.filter(({ kind }) => kind === 'activity');
  const until = at === null ? 0 : Date.parse(at);
  return logs.length > 0 && logs.every(({ freshAt }) => freshAt !== null && freshAt.getTime() >= until);
}
