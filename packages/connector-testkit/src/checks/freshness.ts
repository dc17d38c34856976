import { KeepFresh } from '../host/keep-fresh.js';
import type { MemoryHost } from '../host/memory-host.js';
import { type Check, withTrial } from '../suite/check.js';
import { fullRun } from '../suite/full-run.js';
import type { Trial } from '../suite/trial.js';
import { few, hold, LeftOut } from '../suite/verdict.js';

/** Keys of each stream that are read again one by one. */
const SAMPLE = 5;

export const refreshEqualsListing: Check = {
  title: 'a part that is read again by itself gives the rows that the listing gives',
  run: (bench) =>
    withTrial(bench, {}, async (trial) => {
      const streams = trial.connector.streamsOf(trial.config).filter(({ refreshable }) => refreshable);
      if (streams.length === 0) throw new LeftOut('no stream can be read in parts');
      const whole = await fullRun(trial);
      for (const { name } of streams) {
        const host = await fullRun(trial);
        const fresh = new KeepFresh(host);
        const at = new Date().toISOString();
        for (const scope of scopesOf(whole, name)) fresh.note([{ stream: name, scope, at }]);
        await fresh.drain();
        const differences = host.rows.differencesFrom(
          whole.rows,
          trial.connector.streams.map((stream) => stream.name),
        );
        hold(
          differences.length === 0,
          `Parts of stream ${name}, read again by themselves, differ from the listing: ${few(differences)}`,
        );
        hold(fresh.unread.length === 0, `Parts of stream ${name} could not be read again: ${few(fresh.unread)}`);
      }
    }),
};

/** Whole partitions where there are some, else single records: what events name is one or the other. */
function scopesOf(whole: MemoryHost, stream: string): readonly { readonly field: string; readonly value: string }[] {
  const records = whole.rows.of(stream);
  const scopes = records.slice(0, SAMPLE).map((record) => {
    const entries: [string, unknown][] = Object.entries(record.data);
    const field = entries.find(([, value]) => value === record.partition)?.[0];
    return field === undefined ? { field: 'key', value: record.key } : { field, value: record.partition ?? '' };
  });
  return [...new Map(scopes.map((scope) => [`${scope.field}=${scope.value}`, scope])).values()];
}

export const changesEqualListing: Check = {
  title: 'after changes at the provider, what is read again equals a fresh listing',
  run: (bench) =>
    withTrial(bench, {}, async (trial) => {
      const streams = trial.connector.streamsOf(trial.config);
      const watching = streams.filter(({ hasDelta, semantics }) => hasDelta || semantics === 'changes');
      if (watching.length === 0) throw new LeftOut('no stream has a delta, none is a log of changes');
      hold(
        trial.upstream.change !== undefined,
        `Stream ${watching[0]?.name} says what has changed: the upstream needs change() to try it.`,
      );
      const host = await fullRun(trial);
      const fresh = new KeepFresh(host);
      await fresh.poll();
      for (let turn = 1; turn <= 3; turn += 1) {
        await trial.upstream.change?.();
        await fresh.poll();
        judge(host, await fullRun(trial), trial, turn);
      }
    }),
};

function judge(host: MemoryHost, whole: MemoryHost, { connector }: Trial, turn: number): void {
  for (const { name, semantics, hasDelta } of connector.streamsOf(host.config)) {
    if (semantics === 'changes') continue;
    const differences = host.rows.differencesFrom(whole.rows, [name]);
    // A delta cannot see what is gone; the next full listing does.
    const isLogged = connector.streams.some((stream) => stream.semantics === 'changes');
    const counted = hasDelta && !isLogged ? differences.filter((text) => !text.endsWith('is too much')) : differences;
    hold(
      counted.length === 0,
      `After ${turn} turn(s) of changes, stream ${name} differs from a fresh listing: ${few(counted)}`,
    );
  }
}
