import type { RecordKind } from '@castellan/connector-sdk';

/** Activity goes by time first: a time that is none must be told to the caller, not to the database. */
export function isRecordPosition(kind: RecordKind, position: string): boolean {
  if (kind !== 'activity') return position !== '';
  const published = position.split('|', 1)[0] ?? '';
  const time = new Date(published);
  return /^[12]\d{3}-/.test(published) && !Number.isNaN(time.getTime()) && time.toISOString() === published;
}
