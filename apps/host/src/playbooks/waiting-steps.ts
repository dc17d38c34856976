import type { ApprovalStep, WaitStep } from '@castellan/playbooks';
import { askForLook } from '@castellan/posture';
import { type PlaybookRun, readUpTo, type Storage, type StoredStep } from '@castellan/storage';
import { type Looked, type RunContext, SELDOM_LOOK_MS, SLOW_LOOK_MS } from './run-context.js';
import { answerKey, begunStep, endedStep } from './step-log.js';

/** A little more than the clocks of hosts and database differ. */
const AFTER_MS = 1_000;

export function begunWait(step: ApprovalStep | WaitStep): StoredStep {
  const dueAt = new Date(Date.now() + step.within.ms).toISOString();
  return begunStep(step, { dueAt, message: step.kind === 'approval' ? step.asks : null });
}

/** A person decides, or nobody does in time. */
export function lookAtApproval({ answers }: Pick<PlaybookRun, 'answers'>, step: ApprovalStep, entry: StoredStep): Looked {
  const answer = answers[answerKey(step.id)];
  if (answer !== undefined) {
    const isApproved = answer.is === 'approved';
    const ended = endedStep(entry, isApproved ? 'approved' : 'declined', { decidedBy: answer.by, note: answer.note });
    return { entry: ended, to: isApproved ? null : step.declined, afterMs: 0 };
  }
  const leftMs = msUntil(entry.dueAt);
  if (leftMs <= 0) return { entry: endedStep(entry, 'late'), to: step.late, afterMs: 0 };
  return { entry, to: undefined, afterMs: Math.min(leftMs + AFTER_MS, SELDOM_LOOK_MS) };
}

const UNREAD = 'The time is over, and the activity log was not read to its end: whether it came is not known yet.';
const UNSEEN = 'The time is over, and nobody has looked since whether the finding is still so.';

/** Something happens, or is seen not to have happened: what nobody has looked for is not said to be missing. */
export async function lookAtWait(storage: Storage, context: RunContext, step: WaitStep, entry: StoredStep): Promise<Looked> {
  const { run } = context;
  const leftMs = msUntil(entry.dueAt);
  // Before it is looked for: what comes to be known in between is not missed.
  const isKnown = leftMs <= 0 && (await isLookedFor(storage, run, step, entry));
  if (await hasCome(storage, context, step, entry))
    return { entry: endedStep(entry, 'came', { message: null }), to: step.came, afterMs: 0 };
  if (leftMs > 0) return { entry, to: undefined, afterMs: Math.min(leftMs + AFTER_MS, eventLookMs(entry)) };
  if (isKnown) return { entry: endedStep(entry, 'late', { message: null }), to: step.late, afterMs: 0 };
  const message = step.for.is === 'event' ? UNREAD : UNSEEN;
  if (step.for.is === 'finding-resolved' && entry.message !== message) await askForLook(storage.queries, run.integrationId);
  return { entry: { ...entry, message }, to: undefined, afterMs: SLOW_LOOK_MS };
}

/** What has not come for long is not expected this minute. */
function eventLookMs({ beganAt }: StoredStep): number {
  return Math.min(Math.max(SLOW_LOOK_MS, -msUntil(beganAt) / 20), SELDOM_LOOK_MS);
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

/** Whether all of that time was looked at: the log was read behind its end, or the checks have looked since. */
async function isLookedFor(
  storage: Storage,
  { workspaceId, integrationId, findingId }: PlaybookRun,
  step: WaitStep,
  { dueAt }: StoredStep,
): Promise<boolean> {
  const until = dueAt === null ? 0 : Date.parse(dueAt);
  if (step.for.is === 'event') return (await readUpTo(storage.queries, integrationId)) >= until;
  const finding = await storage.findings.find(workspaceId, findingId);
  // What a rule has found only people resolve.
  if (finding?.source !== 'posture') return true;
  // When it began.
  const [look] = await storage.queries.query<{ readonly at: Date }>(
    'SELECT evaluated_at AS at FROM posture_evaluations WHERE integration_id = $1',
    [integrationId],
  );
  return look !== undefined && look.at.getTime() >= until;
}
