import type { RecordKind, StreamInfo } from '@castellan/connector-sdk';
import type { StreamFreshness } from '@castellan/storage';

/**
 * Why a check cannot say anything, or not all. `not_offered`: the connector does not list it. `switched_off`: the integration's
 * settings leave it out. `not_read`: not read to its end yet. `refused`: the provider does not let us. `failed`: it could not be
 * read. `stale`: read too long ago. `partial`: some of it could not be listed. `not_said`: no record has the field,
 * or one has not what decides about it. `not_observed`: the log shows no such use, or not for long enough. `not_counted`: who reaches
 * and uses what has not been counted yet. `broken`: the check itself failed; the host's log says how.
 */
export type ReasonCode =
  | 'not_offered'
  | 'switched_off'
  | 'not_read'
  | 'refused'
  | 'failed'
  | 'stale'
  | 'partial'
  | 'not_said'
  | 'not_observed'
  | 'not_counted'
  | 'broken';

export interface Reason {
  readonly code: ReasonCode;
  /**
   * What it is about: a kind, `account.passwordChangedAt`, `policy.password.minLength`, `setting:threat_insight`, `use:application`,
   * `counted:access`, `said:links_administrators`.
   */
  readonly about: string;
  readonly stream?: string;
  /** Of the provider, which the stream needs. */
  readonly scopes?: readonly string[];
  /** Since when it is so, or until when it was read. */
  readonly at?: string;
  /** Of how many subjects it is not said, where the check itself looked for it. */
  readonly count?: number;
}

/** What a connector offers, and what of it an integration wants. */
export interface OfferedStreams {
  readonly all: readonly StreamInfo[];
  readonly wanted: ReadonlySet<string>;
}

const DAY_MS = 86_400_000;
/** A full run may fail twice before what is known is called stale. */
const MISSED_RUNS = 3;
const AT_LEAST_DAYS = 2;

export interface StreamsQuestion {
  readonly offered: OfferedStreams;
  readonly states: ReadonlyMap<string, StreamFreshness>;
  readonly scheduleSeconds: number;
  readonly now: Date;
}

/** What is in the way of believing the rows of one stream; `undefined`: nothing. */
export function streamReason(stream: StreamInfo, about: string, question: StreamsQuestion): Reason | undefined {
  const { name, requires: scopes } = stream;
  const state = question.states.get(name);
  if (!question.offered.wanted.has(name)) return { code: 'switched_off', about, stream: name, scopes };
  if (state?.error?.kind === 'permission' && state.status !== 'complete')
    return { code: 'refused', about, stream: name, scopes };
  if (state === undefined || state.completeGeneration === null || state.freshAt === null) {
    const code = state?.status === 'incomplete' && state.error !== null ? 'failed' : 'not_read';
    return { code, about, stream: name };
  }
  const days =
    Math.max(AT_LEAST_DAYS, (question.scheduleSeconds * 1000 * MISSED_RUNS) / DAY_MS) + (stream.listedEveryDays ?? 0);
  const at = state.freshAt.toISOString();
  if (question.now.getTime() - state.freshAt.getTime() > days * DAY_MS) return { code: 'stale', about, stream: name, at };
  return state.unlistedCount > 0 ? { code: 'partial', about, stream: name } : undefined;
}

/** Of all that list a kind: each must have been read, but for those that the settings leave out while others are read. */
export function kindReasons(kind: RecordKind, about: string, question: StreamsQuestion): readonly Reason[] {
  const listing = question.offered.all.filter((stream) => stream.kind === kind);
  if (listing.length === 0) return [{ code: 'not_offered', about }];
  const reasons = listing.flatMap((stream) => streamReason(stream, about, question) ?? []);
  const off = reasons.filter(({ code }) => code === 'switched_off');
  return off.length < listing.length ? reasons.filter(({ code }) => code !== 'switched_off') : off.slice(0, 1);
}
