import type { ConnectionCheck, StreamInfo } from '@castellan/connector-sdk';
import { streamTitle } from '../integrations/stream-words.js';

/** What a test of a connection has found, or what of it the host has refused to store a connection for. */
export interface Findings {
  readonly checks: readonly ConnectionCheck[];
  /** Whether all that was tried is in it, or only what failed. */
  readonly isWhole: boolean;
  /** What the settings were then. */
  readonly of: string;
}

/** `some`: it can be connected, and part of the data will be missing. */
export type Verdict = 'all' | 'some' | 'none';

export function verdictOf(checks: readonly ConnectionCheck[]): Verdict {
  const failed = checks.filter(({ status }) => status === 'failed');
  if (failed.length === 0) return 'all';
  // As the host sees it: a failed check that does not say what it ends is taken at its worst.
  return failed.every(({ blocks }) => blocks === 'stream') ? 'some' : 'none';
}

/** One sentence for the whole. */
export function verdictWords({ checks, isWhole }: Findings, streams: readonly StreamInfo[]): string {
  const verdict = verdictOf(checks);
  if (verdict === 'all') return 'Everything can be read.';
  if (verdict === 'none') return 'Cannot be connected yet.';
  const missing = missingStreams(checks, streams).length;
  if (missing === 0) return 'Can be connected; something is missing.';
  const tried = checks.filter(({ name }) => name.startsWith(STREAM)).length;
  const all = isWhole && tried >= missing ? ` of ${tried}` : '';
  return `Can be connected; ${missing}${all} ${missing === 1 && all === '' ? 'stream' : 'streams'} will be missing.`;
}

/** Streams that cannot be read: they have failed themselves, want a permission that is missing, or one that cannot be read. */
export function missingStreams(checks: readonly ConnectionCheck[], streams: readonly StreamInfo[]): readonly string[] {
  const byName = new Map(checks.map((check) => [check.name, check]));
  const wanting = new Set(checks.flatMap(({ status, error }) => (status === 'failed' ? (error?.missing ?? []) : [])));
  const missing = new Set<string>();
  // Streams come in the order in which they depend on each other.
  for (const { name, requires, dependsOn } of streams) {
    const own = byName.get(STREAM + name);
    const isCutOff = requires.some((one) => wanting.has(one)) || dependsOn.some((one) => missing.has(one));
    if (own?.status === 'failed' || (own?.status !== 'ok' && isCutOff)) missing.add(name);
  }
  return [...missing];
}

/** Checks of one kind. */
export interface CheckGroup {
  readonly title: string;
  readonly failed: readonly FailedChecks[];
  readonly good: readonly ConnectionCheck[];
  readonly skipped: readonly SkippedChecks[];
}

/** One thing to do for all of them. */
export interface FailedChecks {
  readonly checks: readonly ConnectionCheck[];
  readonly turn: ConnectionCheck['turn'];
  readonly todo: string | undefined;
}

/** Left out for one reason. */
export interface SkippedChecks {
  readonly why: string | undefined;
  readonly names: readonly string[];
}

const SCOPE = 'scope ';
const STREAM = 'stream ';

/** Permissions first: they are what an administrator comes to see. What keeps everything from working comes before them. */
export function grouped(checks: readonly ConnectionCheck[]): readonly CheckGroup[] {
  const kinds = [
    ['Permissions', ({ name }: ConnectionCheck) => name.startsWith(SCOPE)],
    ['Data', ({ name }: ConnectionCheck) => name.startsWith(STREAM)],
    ['Connection', ({ name }: ConnectionCheck) => !name.startsWith(SCOPE) && !name.startsWith(STREAM)],
  ] as const;
  const groups = kinds
    .map(([title, isOf]) => groupOf(title, checks.filter(isOf)))
    .filter(({ failed, good, skipped }) => failed.length + good.length + skipped.length > 0);
  const isBroken = ({ failed }: CheckGroup): boolean =>
    failed.some((one) => one.checks.some(({ blocks }) => blocks !== 'stream'));
  return [...groups.filter(isBroken), ...groups.filter((group) => !isBroken(group))];
}

function groupOf(title: string, checks: readonly ConnectionCheck[]): CheckGroup {
  const of = (status: ConnectionCheck['status']) => checks.filter((check) => check.status === status);
  return {
    title,
    failed: alike(of('failed'), ({ turn, todo }) => JSON.stringify([turn, todo])).map((same) => ({
      checks: same,
      turn: same[0]?.turn,
      todo: same[0]?.todo,
    })),
    good: of('ok'),
    skipped: alike(of('skipped'), ({ message = '' }) => message).map((same) => ({
      why: same[0]?.message,
      names: same.map(shownName),
    })),
  };
}

/** Those that have the same said of them, in the order in which the first of them comes. */
function alike(checks: readonly ConnectionCheck[], said: (check: ConnectionCheck) => string) {
  const groups = new Map<string, ConnectionCheck[]>();
  for (const check of checks) groups.set(said(check), [...(groups.get(said(check)) ?? []), check]);
  return [...groups.values()];
}

/** `users:read` for a permission, which is looked up as it stands; `User role assignments` for what is read. */
export function shownName({ name }: ConnectionCheck): string {
  if (name.startsWith(SCOPE)) return name.slice(SCOPE.length);
  return streamTitle(name.startsWith(STREAM) ? name.slice(STREAM.length) : name);
}

/**
 * What happened to several checks, where it differs by the permission that each lacks and by nothing else: what is to be done names
 * them all.
 * @returns `undefined`: each has to be told for itself
 */
export function toldOnce({ checks, todo }: FailedChecks): string | undefined {
  const told = new Set(checks.map(({ message }) => message));
  const words = new Set(
    checks.map(({ error }) => error?.missing?.reduce((text, one) => text.replaceAll(one, ''), error.message)),
  );
  const [message] = told;
  const isSame = told.size === 1 && words.size === 1 && !words.has(undefined);
  const areNamed = checks.every(({ error }) => {
    const missing = error?.missing ?? [];
    return missing.length > 0 && missing.every((one) => todo?.includes(one) === true);
  });
  return checks.length > 1 && isSame && areNamed ? message : undefined;
}
