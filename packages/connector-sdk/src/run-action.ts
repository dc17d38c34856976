import { createHash } from 'node:crypto';
import { type FieldIssue, validateConfig } from '@castellan/form-schema';
import type { ActionOutcome, AnyAction, ComparablePlan, SeenPlan } from './action.js';
import type { ActionContext, PlanContext } from './connector.js';
import {
  AbortedError,
  type AnyConnectorError,
  ConfigError,
  ConnectorError,
  InternalError,
  PermissionError,
  withNeeds,
} from './errors.js';
import type { Instant } from './vocabulary.js';

/** What one action would do, held to the contract: input that its class has not accepted never reaches the provider. */
export async function planAction<C extends object, Client>(
  actions: readonly AnyAction<Client>[],
  connect: () => Client | Promise<Client>,
  context: PlanContext<C>,
): Promise<ComparablePlan> {
  const { action, input } = await readyFor(actions, context);
  return held(action, context.signal, async () => compared(await lookBy(action, await connect(), context, input)));
}

/**
 * One action, done once: it is looked before it is written, and again where it is not known whether a write has arrived.
 * `expected`: of the plan that somebody has agreed to.
 */
export async function runAction<C extends object, Client>(
  actions: readonly AnyAction<Client>[],
  connect: () => Client | Promise<Client>,
  context: ActionContext<C>,
): Promise<ActionOutcome> {
  const { action, input } = await readyFor(actions, context);
  const { signal, logger, idempotencyKey, expected } = context;
  return held(action, signal, async () => {
    const client = await connect();
    const plan = compared(await lookBy(action, client, context, input));
    const { stale, outcome } = plan;
    if (plan.state === 'done') return { changed: false, message: outcome, stale };
    if (expected !== undefined && plan.fingerprint !== expected) return { outdated: plan };
    if (plan.lacks !== undefined) throw new PermissionError(plan.lacks);
    const began = Date.now();
    // A listing that began while it was done may not have seen it.
    const later = (): typeof stale => stale.map((one) => ({ ...one, at: after(one.at, Date.now() - began) }));
    try {
      const message = await action.run({ client, input, plan, idempotencyKey, signal, logger });
      return { changed: true, message: message ?? outcome, stale: later() };
    } catch (error) {
      if (signal.aborted || !mayHaveArrived(ConnectorError.from(error))) throw error;
      const seen = await lookBy(action, client, context, input).catch(() => undefined);
      if (seen?.state !== 'done') throw error;
      logger.info('done, though the answer was lost', { action: action.name });
      // Of what is gone the look before knows more.
      return { changed: true, message: outcome, stale: later() };
    }
  });
}

const after = (at: Instant, ms: number): Instant => new Date(Date.parse(at) + ms).toISOString();

/** What was refused has not been done, and whoever has looked after a write knows better than a second look. */
const mayHaveArrived = ({ kind }: AnyConnectorError): boolean => kind === 'transient';

async function readyFor<C extends object, Client>(
  actions: readonly AnyAction<Client>[],
  context: PlanContext<C>,
): Promise<{ readonly action: AnyAction<Client>; readonly input: Readonly<object> }> {
  const action = actions.find(({ name }) => name === context.action);
  if (action === undefined) throw new InternalError({ message: `There is no action ${context.action} with these settings.` });
  const validated = await validateConfig(action.input, context.input);
  if (!validated.ok) throw inputError(validated.issues);
  return { action, input: validated.config };
}

/** @throws ConnectorError only, and for what is not permitted with what the action needs */
async function held<Done>(
  { requires }: { readonly requires: readonly string[] },
  signal: AbortSignal,
  work: () => Promise<Done>,
) {
  try {
    signal.throwIfAborted();
    return await work();
  } catch (error) {
    throw signal.aborted ? AbortedError.of(signal) : withNeeds(ConnectorError.from(error), requires);
  }
}

function lookBy<C extends object, Client>(
  action: AnyAction<Client>,
  client: Client,
  { signal, logger, since }: PlanContext<C>,
  input: Readonly<object>,
): ReturnType<AnyAction<Client>['plan']> {
  return action.plan({ client, input, since, signal, logger });
}

function compared({ seen = null, aim, ...plan }: SeenPlan): ComparablePlan {
  const { state, calls, touches, undo } = plan;
  const told = JSON.stringify([state, aim ?? calls, touches.map(({ kind, key }) => [kind, key]), undo, seen]);
  return { ...plan, fingerprint: createHash('sha256').update(told).digest('base64url') };
}

function inputError(issues: readonly FieldIssue[]): ConfigError {
  const [first = { field: '', message: 'The input is not valid.' }] = issues;
  const all = issues.map(({ field, message }) => `${field}: ${message}`).join(' ');
  return new ConfigError({ field: first.field, message: first.message, detail: all });
}
