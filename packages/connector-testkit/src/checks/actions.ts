import { ConnectorError } from '@castellan/connector-sdk';
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
  const first = await host.act(name, action.input).catch((error: unknown) => failed(name, 'fails', error));
  hold(first.changed, `Action ${name} says that nothing was to be done.`);
  hold(await action.isDone(), `Action ${name} says that it is done, and the provider says that it is not.`);
  hold(first.message.trim() !== '', `Action ${name} does not say what it has done.`);
  await seenAgain(trial, host, name, first.stale);
  const writes = trial.wire.trace.length;
  const second = await host.act(name, action.input).catch((error: unknown) => failed(name, 'fails when asked twice', error));
  hold(
    !second.changed,
    `Action ${name}, asked twice, says that it has changed something twice ("${second.message}"): "already so" is changed: false.`,
  );
  hold(
    await action.isDone(),
    `Action ${name}, asked twice, undoes what it did (${trial.wire.trace.length - writes} requests).`,
  );
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
