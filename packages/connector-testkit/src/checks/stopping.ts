import { setTimeout as sleep } from 'node:timers/promises';
import { type Check, withTrial } from '../suite/check.js';
import { fullRun } from '../suite/full-run.js';
import type { Trial } from '../suite/trial.js';
import { hold } from '../suite/verdict.js';
import type { Rule } from '../wire/wire.js';

/** How long a connector may take to let go, in milliseconds. */
const PATIENCE_MS = 2_000;
/** Requests at which a run is stopped, one run each. */
const MOST_STOPS = 12;

export const stopsAtOnce: Check = {
  title: 'stopped at any moment, a run, a test and an action let go within two seconds',
  run: (bench) =>
    withTrial(bench, { limits: { idleMs: 60_000, totalMs: 60_000 } }, async (trial) => {
      const whole = await fullRun(trial);
      const requests = trial.wire.trace.length;
      for (let at = 0; at < Math.min(requests, MOST_STOPS); at += 1) await stoppedAt(trial, at);
      for (let pages = 1; pages <= Math.min(whole.pages, MOST_STOPS); pages += 1) await stoppedAfter(trial, pages);
      await stoppedTest(trial);
      await stoppedActions(trial);
    }),
};

/** While the provider does not answer the request with this number. */
async function stoppedAt(trial: Trial, number: number): Promise<void> {
  const stop = new AbortController();
  let asked = 0;
  const rule: Rule = () => {
    asked += 1;
    if (asked <= number) return undefined;
    if (asked === number + 1) setTimeout(() => stop.abort(new Error('stopped by the suite')), 20);
    return { kind: 'hang' };
  };
  trial.wire.reset(rule);
  const host = trial.host();
  await letsGo(
    host.run({ signal: stop.signal }),
    stop.signal,
    `A run that is stopped while request ${number + 1} has no answer`,
  );
  trial.wire.reset();
}

/** Between two pages: nothing is on the wire, but the connector may be waiting for something of its own. */
async function stoppedAfter(trial: Trial, pages: number): Promise<void> {
  const stop = new AbortController();
  let seen = 0;
  const host = trial.host();
  const work = host.run({
    signal: stop.signal,
    onPage: () => {
      seen += 1;
      if (seen === pages) stop.abort(new Error('stopped by the suite'));
    },
  });
  await letsGo(work, stop.signal, `A run that is stopped after page ${pages}`);
  hold(host.pages <= pages, `A run that was stopped after page ${pages} gave more pages.`);
}

async function stoppedTest(trial: Trial): Promise<void> {
  const stop = new AbortController();
  trial.wire.reset(() => ({ kind: 'hang' }));
  setTimeout(() => stop.abort(new Error('stopped by the suite')), 100);
  await letsGo(trial.host().test(stop.signal), stop.signal, 'A connection test that is stopped while nobody answers');
  trial.wire.reset();
}

async function stoppedActions(trial: Trial): Promise<void> {
  for (const { name } of trial.connector.actions) {
    const input = trial.upstream.actions?.[name]?.input;
    if (input === undefined) continue;
    const stop = new AbortController();
    trial.wire.reset(() => {
      setTimeout(() => stop.abort(new Error('stopped by the suite')), 20);
      return { kind: 'hang' };
    });
    await letsGo(
      trial.host().act(name, input, { signal: stop.signal }),
      stop.signal,
      `Action ${name} that is stopped while nobody answers`,
    );
    trial.wire.reset();
  }
}

/** How it ends is not judged here, only that it does, within the patience after the stop. */
async function letsGo(work: Promise<unknown>, signal: AbortSignal, what: string): Promise<void> {
  const ended = work.then(
    () => true,
    () => true,
  );
  const patience = new AbortController();
  const late = new Promise<boolean>((resolve) => {
    const begin = (): void => void sleep(PATIENCE_MS, false, { signal: patience.signal }).then(resolve, () => undefined);
    if (signal.aborted) begin();
    else signal.addEventListener('abort', begin, { once: true });
  });
  const inTime = await Promise.race([ended, late]);
  patience.abort();
  hold(inTime, `${what} has not let go after ${PATIENCE_MS / 1_000} s. Give the signal to everything that waits.`);
}
