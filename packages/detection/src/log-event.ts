import { createHash } from 'node:crypto';

/** An object or a list that somebody else wrote. */
export type Raw = Readonly<Record<string, unknown>>;

export interface Party {
  readonly id: string;
  /** `User`, `UserGroup`, `AppInstance`, … */
  readonly type: string;
  readonly name: string;
}

/** An event of an activity log, and what of it is of use to everybody. */
export interface LogEvent {
  /** As it was written. */
  readonly raw: Raw;
  /** `uuid`; of an event without one what it says, as a digest, so that it is the same when it comes again. */
  readonly id: string;
  /** `published`, in ms since 1970. */
  readonly at: number;
  readonly type: string;
  readonly isSuccess: boolean;
  readonly actor: Party | undefined;
  readonly targets: readonly Party[];
  readonly address: string | undefined;
  /** `undefined` for `unknown`, too: what happens outside of any session does not belong together. */
  readonly session: string | undefined;
}

/** Identifiers have no more characters: of what is longer, which was written to do harm, stands a digest. */
const LONGEST = 200;

/** Nobody is the target of more. */
const MOST_TARGETS = 100;

/** @returns `undefined`: it is no object, has no time, or is too deep to be told from others */
export function readEvent(value: unknown): LogEvent | undefined {
  const raw = asRaw(value);
  const at = raw === undefined ? Number.NaN : Date.parse(textIn(raw, 'published') ?? '');
  if (raw === undefined || Number.isNaN(at)) return undefined;
  const id = identifierIn(raw, 'uuid') ?? digestOf(raw);
  if (id === undefined) return undefined;
  const targets = raw['target'];
  const within = asRaw(raw['authenticationContext']);
  return {
    raw,
    id,
    at,
    type: textIn(raw, 'eventType') ?? '',
    isSuccess: textIn(asRaw(raw['outcome']), 'result') === 'SUCCESS',
    actor: partyOf(raw['actor']),
    targets: Array.isArray(targets) ? targets.slice(0, MOST_TARGETS).flatMap((one) => partyOf(one) ?? []) : [],
    address: identifierIn(asRaw(raw['client']), 'ipAddress'),
    session: sessionIn(within, 'rootSessionId') ?? sessionIn(within, 'externalSessionId'),
  };
}

function partyOf(value: unknown): Party | undefined {
  const party = asRaw(value);
  const id = identifierIn(party, 'id');
  const type = identifierIn(party, 'type') ?? '';
  // Who signs in by a name that nobody has. The provider itself may have no id either.
  if (id === undefined || (id === 'unknown' && type !== 'SystemPrincipal')) return undefined;
  const name = beginning(textIn(party, 'alternateId') ?? textIn(party, 'displayName') ?? id, LONGEST);
  return { id, type, name };
}

function sessionIn(within: Raw | undefined, key: string): string | undefined {
  const session = identifierIn(within, key);
  return session === 'unknown' ? undefined : session;
}

/** Not through the middle of a character: no database keeps half of one. */
function beginning(text: string, characters: number): string {
  return text.slice(0, characters).replace(/[\uD800-\uDBFF]$/, '');
}

/** @returns `undefined`: it is so deep that it cannot be written, which no source does */
function digestOf(raw: Raw): string | undefined {
  try {
    return digest(JSON.stringify(raw));
  } catch {
    return undefined;
  }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

function identifierIn(raw: Raw | undefined, key: string): string | undefined {
  const text = textIn(raw, key);
  return text === undefined || text.length <= LONGEST ? text : `${beginning(text, LONGEST / 2)}… ${digest(text)}`;
}

export function asRaw(value: unknown): Raw | undefined {
  // What is an object has keys, and under them anything.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Raw) : undefined;
}

/** A text that is not empty; a number as one. */
export function textIn(raw: Raw | undefined, key: string): string | undefined {
  const value = raw?.[key];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
