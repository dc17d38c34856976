import { type ActionDone, type ActionStep, type ComparablePlan, ConnectorError } from '@castellan/connector-sdk';
import { KeepFresh } from '../host/keep-fresh.js';
import type { MemoryHost } from '../host/memory-host.js';
import { type Check, withTrial } from '../suite/check.js';
import { fullRun } from '../suite/full-run.js';
import type { Trial } from '../suite/trial.js';
import type { ActionTrial } from '../upstream/upstream.js';
import { few, hold } from '../suite/verdict.js';

export const actionsOnce: Check = {
  title: 'actions: done once however often they are asked for, seen at the provider and in what is read again',
  emptyFor: ({ actions }) => (actions.length === 0 ? 'the connector has no action' : undefined),
  run: async (bench) => {
    for (const { name, effect } of bench.connector.actions) {
      await withTrial(bench, {}, async (trial) => {
        const action = trial.upstream.actions?.[name];
        hold(action !== undefined, `The upstream has nothing to try action ${name} on: name it in "actions".`);
        const host = await fullRun(trial);
        await refusesBadInput(trial, host, name);
        if (effect === 'read') return void (await host.act(name, action.input));
        await doneOnce(trial, host, name, action);
      });
    }
  },
};

async function doneOnce(trial: Trial, host: MemoryHost, name: string, action: ActionTrial): Promise<void> {
  hold(!(await action.isDone()), `Action ${name} is to be tried on something that is so already.`);
  const plan = await planned(trial, host, name, action);
  trial.wire.reset();
  const first = await done(host, name, action, 'fails', plan.fingerprint);
  hold(first.changed, `Action ${name} says that nothing was to be done.`);
  hold(await action.isDone(), `Action ${name} says that it is done, and the provider says that it is not.`);
  hold(first.message.trim() !== '', `Action ${name} does not say what it has done.`);
  sentAsPlanned(trial, name, plan);
  await seenAgain(trial, host, name, first.stale);
  trial.wire.reset();
  const after = await host.planAction(name, action.input).catch((error: unknown) => failed(name, 'cannot be looked at', error));
  hold(after.state !== 'open', `Action ${name}, looked at when it is done, says that it is not.`);
  const second = await done(host, name, action, 'fails when asked twice');
  hold(
    after.state === 'unseen' || !second.changed,
    `Action ${name}, asked twice, says that it has changed something twice ("${second.message}"): "already so" is changed: false.`,
  );
  hold(
    await action.isDone(),
    `Action ${name}, asked twice, undoes what it did (${writesOn(trial).length} requests that write).`,
  );
  // What takes it back may have an id that only comes to be with it.
  await takenBack(host, name, action, plan.undo ?? after.undo);
}

/** A look writes nothing, and what is agreed to is what would be done now. */
async function planned(trial: Trial, host: MemoryHost, name: string, action: ActionTrial): Promise<ComparablePlan> {
  trial.wire.reset();
  const plan = await host.planAction(name, action.input).catch((error: unknown) => failed(name, 'cannot be looked at', error));
  hold(plan.state !== 'done', `Action ${name} says that it is done already, and the provider says that it is not.`);
  hold(plan.calls.length > 0, `Action ${name} does not say what it would send.`);
  hold(plan.touches.length > 0, `Action ${name} does not say what it would touch.`);
  const again = await host.planAction(name, action.input);
  hold(again.fingerprint === plan.fingerprint, `Two plans of action ${name} differ although nothing has changed.`);
  const other = await host.act(name, action.input, { expected: 'another plan' });
  hold(other.outdated !== undefined, `Action ${name} is carried out although another plan was agreed to.`);
  hold(writesOn(trial).length === 0, `Action ${name} writes while it looks: ${few(writesOn(trial))}`);
  hold(!(await action.isDone()), `Action ${name} is done by a look.`);
  return plan;
}

async function done(
  host: MemoryHost,
  name: string,
  { input }: ActionTrial,
  how: string,
  expected?: string,
): Promise<ActionDone> {
  const agreed = expected === undefined ? {} : { expected };
  const outcome = await host.act(name, input, agreed).catch((error: unknown) => failed(name, how, error));
  if (outcome.outdated !== undefined) hold(false, `Action ${name} does not do what it has just planned.`);
  return outcome;
}

function sentAsPlanned(trial: Trial, name: string, { calls }: ComparablePlan): void {
  const wanted = calls.map(({ method, path, body }) => requestText(method, path, body));
  const sent = writesOn(trial);
  hold(
    JSON.stringify(sent) === JSON.stringify(wanted),
    `Action ${name} sends something else than it has planned: ${few(sent)} instead of ${few(wanted)}`,
  );
}

const requestText = (method: string, path: string, body: unknown): string =>
  body === undefined ? `${method} ${path}` : `${method} ${path} ${JSON.stringify(body)}`;

/** Requests that change something, of the last part of a trial. To get a token, or to search, changes nothing. */
function writesOn({ wire }: Trial): readonly string[] {
  return wire.trace.flatMap(({ request: { method, path, query, headers, body } }) => {
    const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
    const isRead = method === 'GET' || isForm || path.endsWith('/.search');
    return isRead ? [] : [requestText(method, `${path}${query}`, body === '' ? undefined : JSON.parse(body))];
  });
}

/** What is said to take it back does so. */
async function takenBack(host: MemoryHost, name: string, action: ActionTrial, undo: ActionStep | null): Promise<void> {
  const named = host.connector.actions.find((one) => one.name === name)?.undo ?? null;
  hold(
    (undo?.action ?? null) === named,
    `Action ${name} is said to be taken back by ${named ?? 'nothing'}, and its plan names ${undo?.action ?? 'nothing'}.`,
  );
  if (undo === null) return;
  const outcome = await host
    .act(undo.action, undo.input)
    .catch((error: unknown) => failed(name, `cannot be taken back by ${undo.action}`, error));
  hold(
    outcome.outdated === undefined && outcome.changed,
    `${undo.action}, which is to take back ${name}, says that nothing was to be done.`,
  );
  hold(!(await action.isDone()), `${undo.action} does not take back what ${name} did.`);
}

/** What the action calls stale shows its effect: a person sees it without waiting for the next full listing. */
async function seenAgain(trial: Trial, host: MemoryHost, name: string, stale: Parameters<KeepFresh['note']>[0]): Promise<void> {
  const unknown = stale.filter(({ stream }) => !trial.connector.streams.some((info) => info.name === stream));
  hold(
    unknown.length === 0,
    `Action ${name} calls parts of streams stale that do not exist: ${few(unknown.map(({ stream }) => stream))}`,
  );
  const fresh = new KeepFresh(host);
  fresh.note(stale);
  await fresh.drain();
  const whole = await fullRun(trial);
  const steady = trial.connector.streams.flatMap(({ name: stream, semantics }) => (semantics === 'snapshot' ? [stream] : []));
  const differences = host.rows.differencesFrom(whole.rows, steady);
  hold(
    differences.length === 0,
    `After action ${name} the parts that it calls stale do not show all that it did: ${few(differences)}`,
  );
}

async function refusesBadInput(trial: Trial, host: MemoryHost, name: string): Promise<void> {
  trial.wire.reset();
  for (const input of [{}, { nobodyKnowsThis: 1 }, 'text', null]) {
    const error = await host.act(name, input).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    hold(
      ConnectorError.is(error) && error.kind === 'config',
      `Action ${name} does not refuse the input ${JSON.stringify(input)} with an error of kind "config".`,
    );
  }
  hold(trial.wire.trace.length === 0, `Action ${name} asks the provider before its input is found good.`);
}

function failed(name: string, how: string, error: unknown): never {
  const text = ConnectorError.is(error) ? `${error.kind}, ${error.message} (${error.detail ?? ''})` : String(error);
  hold(false, `Action ${name} ${how}: ${text}`);
}
