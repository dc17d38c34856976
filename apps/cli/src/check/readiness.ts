import type { ConnectionCheck, StreamInfo } from '@castellan/connector-sdk';

type Needs = Pick<StreamInfo, 'name' | 'requires' | 'dependsOn'>;

/**
 * The last line of a test with failed checks: what works all the same.
 * @param streams those that a run with these settings reads, in dependency order
 */
export function readiness(checks: readonly ConnectionCheck[], streams: readonly Needs[]): string {
  const failed = checks.filter(({ status }) => status === 'failed');
  const found = `${failed.length} of ${checks.length} ${checks.length === 1 ? 'check' : 'checks'} failed.`;
  // A row that does not say what it ends may end everything.
  if (failed.some(({ blocks }) => blocks !== 'stream')) return `Not ready: ${found}`;
  const blocked = failed.map((row) => streams.filter((stream) => isAbout(row, stream)).map(({ name }) => name));
  // A row of something else: how many streams hang on it is not known.
  if (blocked.some((names) => names.length === 0)) return `Partly ready: ${found} The connection itself works.`;
  const unread = new Set(blocked.flat());
  for (const { name, dependsOn } of streams) if (dependsOn.some((needed) => unread.has(needed))) unread.add(name);
  const readable = streams.length - unread.size;
  if (readable === 0) return `Not ready: ${found}`;
  return `Partly ready: ${readable} of ${streams.length} streams can be read; ${found}`;
}

/** Rows are named after a stream (`stream accounts`) or a right that streams require (`scope users:read`, or `users:read` alone). */
function isAbout({ name, error }: ConnectionCheck, stream: Needs): boolean {
  const isNamed = [stream.name, ...stream.requires].some((one) => name === one || name.endsWith(` ${one}`));
  return isNamed || stream.requires.some((right) => error?.missing?.includes(right));
}
