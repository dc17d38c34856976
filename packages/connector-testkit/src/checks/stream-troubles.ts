import type { MemoryHost } from '../host/memory-host.js';
import { type Check, withTrial } from '../suite/check.js';
import { fullRun, stoppedText } from '../suite/full-run.js';
import { hostWithout, soloRuns } from '../suite/ownership.js';
import type { Trial } from '../suite/trial.js';
import { few, hold, LeftOut } from '../suite/verdict.js';
import type { Fault } from '../wire/wire.js';

const answered = (status: number, body: string): Fault => ({
  kind: 'answer',
  answer: { status, headers: { 'content-type': 'application/json' }, body },
});

/** Does something for each stream that has requests of its own. @throws LeftOut when none has */
async function forEachStream(
  trial: Trial,
  work: (stream: string, whole: MemoryHost, fault: (fault: Fault) => void) => Promise<void>,
): Promise<void> {
  const whole = await fullRun(trial);
  const solos = await soloRuns(trial, whole);
  const own = solos.filter(({ isOwn }) => isOwn !== undefined);
  if (own.length === 0) throw new LeftOut('all streams make the same requests, none can be disturbed alone');
  for (const { stream, isOwn } of own) {
    const disturb = (fault: Fault): void => trial.wire.reset((request) => (isOwn?.(request) === true ? fault : undefined));
    await work(stream, whole, disturb);
    trial.wire.reset();
  }
}

export const oneStreamForbidden: Check = {
  title: 'one stream forbidden: it says so, is never complete with fewer records, and stops no other',
  run: (bench) =>
    withTrial(bench, {}, (trial) =>
      forEachStream(trial, async (stream, whole, disturb) => {
        disturb(answered(403, '{}'));
        const host = trial.host();
        await host.run();
        hold(
          trial.wire.trace.some(({ answer }) => answer.status === 403),
          `Stream ${stream} was to be forbidden, and asked for nothing.`,
        );
        neverFewer(host, whole, stream, 'every request for it was refused (403)');
        const stopped = host.stopped.find((one) => one.stream === stream);
        if (stopped !== undefined) {
          hold(
            stopped.error.kind === 'permission',
            `Stream ${stream} was refused (403) and stops with ${stoppedText(stopped)}: a 403 is of kind "permission".`,
          );
          hold(
            (stopped.error.missing ?? []).length > 0,
            `The permission error of stream ${stream} names nothing in "missing".`,
          );
        }
        othersComplete(host, whole, stream);
        await sayForbidden(trial, stream);
      }),
    ),
};

export const oneStreamInTrouble: Check = {
  title: 'one stream in trouble (500, no list, HTML): never complete with fewer records',
  run: (bench) =>
    withTrial(bench, {}, (trial) =>
      forEachStream(trial, async (stream, whole, disturb) => {
        for (const [what, fault] of TROUBLES) {
          disturb(fault);
          const host = hostWithout(trial, whole, stream);
          await host.run({ streams: [stream] });
          neverFewer(host, whole, stream, `every request for it was answered with ${what}`);
        }
      }),
    ),
};

const TROUBLES: readonly (readonly [string, Fault])[] = [
  ['500', answered(500, '{}')],
  ['an empty object', answered(200, '{}')],
  ['null', answered(200, 'null')],
  ['a text', answered(200, '"maintenance"')],
  ['a page of HTML', answered(200, '<html></html>')],
];

export const emptyRow: Check = {
  title: 'a row without an id is rejected by name and not dropped without a word',
  run: (bench) =>
    withTrial(bench, {}, (trial) =>
      forEachStream(trial, async (stream, whole, disturb) => {
        let emptied = 0;
        disturb({
          kind: 'change',
          change: (answer) => {
            const body = withFirstRowEmpty(answer.body);
            if (body === undefined || answer.status !== 200) return answer;
            emptied += 1;
            return { ...answer, body };
          },
        });
        const host = hostWithout(trial, whole, stream);
        await host.run({ streams: [stream] });
        if (emptied > 0) neverFewer(host, whole, stream, 'one row of a list was an empty object');
      }),
    ),
};

/** The body with the first object of its list emptied: the list is the body itself, or a property of it. */
function withFirstRowEmpty(body: string): string | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return undefined;
  }
  const emptied = emptyFirst(parsed);
  if (emptied !== undefined) return JSON.stringify(emptied);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  for (const [name, value] of Object.entries(parsed)) {
    const list = emptyFirst(value);
    if (list !== undefined) return JSON.stringify({ ...parsed, [name]: list });
  }
  return undefined;
}

function emptyFirst(value: unknown): readonly unknown[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const [first, ...rest]: readonly unknown[] = value;
  return typeof first === 'object' && first !== null ? [{}, ...rest] : undefined;
}

/** Complete and silent with fewer records means that the host sweeps the rest. */
function neverFewer(host: MemoryHost, whole: MemoryHost, stream: string, when: string): void {
  if (!host.completed.has(stream)) return;
  const isSaid = [...host.unlisted, ...host.rejected].some((one) => one.stream === stream);
  const missing = whole.rows.keysOf(stream).filter((key) => !host.rows.keysOf(stream).includes(key));
  hold(
    missing.length === 0 || isSaid,
    `Stream ${stream} says that it is complete although ${when}: ${missing.length} records would be swept (${few(missing)}). Throw, or name the part in "unlisted" or the row in "rejected".`,
  );
  const odd = host.rows.keysOf(stream).filter((key) => !whole.rows.keysOf(stream).includes(key));
  hold(odd.length === 0, `Stream ${stream} made up records when ${when}: ${few(odd)}.`);
}

function othersComplete(host: MemoryHost, whole: MemoryHost, stream: string): void {
  for (const { name } of host.connector.streamsOf(host.config)) {
    if (name === stream || dependsOn(host, name, stream)) continue;
    const stopped = host.stopped.find((one) => one.stream === name);
    hold(
      stopped === undefined,
      `Stream ${stream} was in trouble and with it stops ${stopped === undefined ? '' : stoppedText(stopped)}. One stream must not stop another.`,
    );
    const differences = host.rows.differencesFrom(whole.rows, [name]);
    hold(
      differences.length === 0 || isChanges(host, name),
      `Stream ${stream} was in trouble, and stream ${name} gave other records: ${few(differences)}`,
    );
  }
}

function dependsOn(host: MemoryHost, stream: string, other: string): boolean {
  const info = host.connector.streams.find(({ name }) => name === stream);
  return info !== undefined && info.dependsOn.some((name) => name === other || dependsOn(host, name, other));
}

function isChanges(host: MemoryHost, stream: string): boolean {
  return host.connector.streams.find(({ name }) => name === stream)?.semantics === 'changes';
}

/** Where the connection test makes such a request at all. */
async function sayForbidden(trial: Trial, stream: string): Promise<void> {
  trial.wire.trace.length = 0;
  const { checks } = await trial.host().test();
  if (!trial.wire.trace.some(({ answer }) => answer.status === 403)) return;
  const failed = checks.filter(({ status, error }) => status === 'failed' && error?.kind === 'permission');
  hold(failed.length > 0, `Stream ${stream} is forbidden (403), and testConnection has no failed row of kind "permission".`);
  const blocked = checks.filter(({ status, blocks }) => status === 'failed' && blocks === 'connection');
  hold(
    blocked.length === 0,
    `Stream ${stream} is forbidden, and testConnection says that nothing at all can be read (${few(blocked.map(({ name }) => name))}).`,
  );
}
