import { recordFields, type SourceRecord, type StreamInfo } from '@castellan/connector-sdk';
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
  emptyFor: ({ streams }) => (streams.some(({ refreshable }) => refreshable) ? undefined : 'no stream can be read in parts'),
  run: (bench) =>
    withTrial(bench, {}, async (trial) => {
      const streams = trial.connector.streamsOf(trial.config).filter(({ refreshable }) => refreshable);
      if (streams.length === 0) throw new LeftOut('the settings ask for no stream that can be read in parts');
      const whole = await fullRun(trial);
      for (const { name } of streams) await refreshed(trial, whole, name);
    }),
};

/** By every field that a part may be named by; which of them a connector understands is its own business, but one it must. */
async function refreshed(trial: Trial, whole: MemoryHost, stream: string): Promise<void> {
  const records = whole.rows.of(stream);
  if (records.length === 0) return;
  const refused: string[] = [];
  const fields = fieldsNaming(records);
  for (const field of fields) {
    const host = whole.copy();
    const fresh = new KeepFresh(host);
    const values = new Set(records.slice(0, SAMPLE).map((record) => valueOf(record, field)));
    for (const value of values) fresh.note([{ stream, scope: { field, value }, at: new Date().toISOString() }]);
    await fresh.drain();
    const all = trial.connector.streams.map(({ name }) => name);
    const differences = host.rows.differencesFrom(whole.rows, all);
    hold(
      differences.length === 0,
      `Parts of stream ${stream}, read again by themselves (by ${field}), differ from the listing: ${few(differences)}`,
    );
    if (fresh.unread.length >= values.size) refused.push(...fresh.unread.slice(0, 1));
  }
  hold(refused.length < fields.length, `Stream ${stream} can be read in parts, and none could be read again: ${few(refused)}`);
}

/** `key`, and fields that hold a reference: text that is never null and is no status and no kind. */
function fieldsNaming(records: readonly SourceRecord[]): readonly string[] {
  const [first] = records;
  if (first === undefined) return [];
  const references = recordFields(first.kind).filter(
    ({ name, type, required }) => required && type === 'text' && isReference(first, name),
  );
  return ['key', ...references.map(({ name }) => name)];
}

function isReference(record: SourceRecord, field: string): boolean {
  return record.key.split('|').includes(valueOf(record, field));
}

function valueOf(record: SourceRecord, field: string): string {
  return field === 'key' ? record.key : String(new Map<string, unknown>(Object.entries(record.data)).get(field));
}

export const changesEqualListing: Check = {
  title: 'after changes at the provider, what is read again equals a fresh listing',
  emptyFor: ({ streams }) => (streams.some(isWatching) ? undefined : 'no stream has a delta, none is a log of changes'),
  run: (bench) =>
    withTrial(bench, {}, async (trial) => {
      const streams = trial.connector.streamsOf(trial.config);
      const watching = streams.filter(isWatching);
      if (watching.length === 0) throw new LeftOut('the settings ask for no stream with a delta and no log of changes');
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

/** Says by itself what has changed. */
function isWatching({ hasDelta, semantics }: StreamInfo): boolean {
  return hasDelta || semantics === 'changes';
}

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
