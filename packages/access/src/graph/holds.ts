import type { RecordKind } from '@castellan/connector-sdk';

/**
 * Whether a row was there at an instant; now where none is given. A row has its last time of being there, `past_presences` those
 * before it (ADR 36).
 * @param t what the statement calls the row's table
 * @param at the parameter's name, as `Bindings` has given it
 */
export function holds(t: string, kind: RecordKind, at: string | undefined): string {
  if (at === undefined) return `${t}.removed_at IS NULL`;
  return `(${t}.present_since <= ${at}::timestamptz AND (${t}.removed_at IS NULL OR ${t}.removed_at > ${at}::timestamptz)
    OR EXISTS (SELECT 1 FROM past_presences p WHERE ${pastAt(t, kind, at)}))`;
}

/** Since when it had been there without a gap, of a row that `holds`. */
export function heldSince(t: string, kind: RecordKind, at: string | undefined): string {
  if (at === undefined) return `${t}.present_since`;
  return `CASE WHEN ${t}.present_since <= ${at}::timestamptz THEN ${t}.present_since
    ELSE (SELECT max(p.since) FROM past_presences p WHERE ${pastAt(t, kind, at)}) END`;
}

/**
 * Whether an account `t` could use what it was given: one that is switched off for good cannot. Of a status is known since when
 * it is so, and not what was before.
 */
export function isUsable(t: string, at: string | undefined): string {
  const isOff = `${t}.status = 'deprovisioned'`;
  return at === undefined
    ? `NOT (${isOff})`
    : `(NOT (${isOff}) OR coalesce(${t}.status_changed_at > ${at}::timestamptz, false))`;
}

function pastAt(t: string, kind: RecordKind, at: string): string {
  return `p.integration_id = ${t}.integration_id AND p.kind = '${kind}' AND p.key = ${t}.key AND p.since <= ${at}::timestamptz AND p.until > ${at}::timestamptz`;
}
