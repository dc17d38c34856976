import { connectionMemory, type Json } from '@castellan/connector-sdk';
import type { MemoryHost } from '../host/memory-host.js';
import { type Check, withTrial } from '../suite/check.js';
import { fullRun, stoppedText } from '../suite/full-run.js';
import type { Trial } from '../suite/trial.js';
import { few, hold } from '../suite/verdict.js';

/** The first run is cut after so many pages, every other after one. */
const FIRST_CUTS = [1, 2];

export const cutAtEveryPage: Check = {
  title: 'cut at every page, and cut again on every resume: the same records, each once',
  run: (bench) =>
    withTrial(bench, {}, async (trial) => {
      const whole = await fullRun(trial);
      // Stream by stream, so that each is cut at each of its pages; then side by side, as a host reads them.
      for (const first of FIRST_CUTS) for (const stream of whole.streams) await cutInto(trial, whole, first, [stream]);
      await cutInto(trial, whole, 1, whole.streams);
    }),
};

/** The host dies after `first` pages, then after each single one; every second time it comes back as another process. */
async function cutInto(trial: Trial, whole: MemoryHost, first: number, streams: readonly string[]): Promise<void> {
  const host = trial.host();
  for (const name of whole.streams) if (!streams.includes(name)) copy(whole, host, name);
  host.rows.forgetWrites();
  let runs = 0;
  // A connector that begins afresh at each resume never comes to its end.
  const most = whole.pages * 2 + 10;
  for (let pages = first; runs < most; pages = 1) {
    runs += 1;
    if (runs % 2 === 0) host.memory = connectionMemory();
    const ended = await host.run({ streams, pages });
    hold(host.stopped.length === 0, `A run that goes on after a cut stops: ${few(host.stopped.map(stoppedText))}`);
    if (ended) break;
  }
  const open = host.streams.filter((name) => !host.completed.has(name));
  hold(
    open.length === 0,
    `Cut after every page, ${few(open)} never came to the end (${host.pages} pages, undisturbed ${whole.pages}): does read() go on at "from"?`,
  );
  hold(
    host.rows.twice.length === 0,
    `After cuts, records were given again: ${few(host.rows.twice)}. A page's "next" is the position after its last record.`,
  );
  const differences = host.rows.differencesFrom(whole.rows, snapshots(host));
  hold(differences.length === 0, `After cuts, other records than undisturbed: ${few(differences)}`);
}

function snapshots(host: MemoryHost): readonly string[] {
  return host.connector.streams.flatMap(({ name, semantics }) => (semantics === 'snapshot' ? [name] : []));
}

/** What another version, or a damaged database, may have left. */
const NONSENSE: readonly Json[] = [{ nonsense: true }, 'nonsense', -1, [], true];

export const damagedPosition: Check = {
  title: 'a stored position that makes no sense loses nothing',
  run: (bench) =>
    withTrial(bench, {}, async (trial) => {
      const whole = await fullRun(trial);
      for (const position of NONSENSE) {
        for (const { name, semantics } of trial.connector.streamsOf(trial.config)) {
          if (semantics === 'snapshot') await startedFrom(trial, whole, name, position);
        }
      }
    }),
};

async function startedFrom(trial: Trial, whole: MemoryHost, stream: string, position: Json): Promise<void> {
  const host = trial.host();
  for (const name of whole.streams) if (name !== stream) copy(whole, host, name);
  await host.run({ streams: [stream], checkpoints: { [stream]: position } });
  // To stop is honest. To be complete with fewer records is not: what was not seen would be swept.
  if (!host.completed.has(stream)) return;
  const differences = host.rows.differencesFrom(whole.rows, [stream]);
  hold(
    differences.length === 0,
    `From the stored position ${JSON.stringify(position)} stream ${stream} comes to an end without all its records (${few(differences)}). parseCursor must throw for what it does not understand; then the stream starts afresh.`,
  );
}

/** So that a stream finds what it depends on. */
export function copy(from: MemoryHost, to: MemoryHost, stream: string): void {
  to.completed.add(stream);
  for (const record of from.rows.of(stream)) to.rows.write(stream, record);
}
