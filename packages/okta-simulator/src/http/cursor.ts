import { hashOf } from '../generator/random.js';

export type Position = number | string;

/** An opaque `after` value. It is bound to its list: a cursor of another list is refused, as Okta does. */
export function encodeCursor(list: string, position: Position): string {
  const text = typeof position === 'number' ? `n${position}` : `s${position}`;
  return Buffer.from(`${hashOf(list, text).toString(36)}.${text}`).toString('base64url');
}

/** The position in a cursor, or undefined when the cursor is not one of this list. */
export function decodeCursor(list: string, cursor: string): Position | undefined {
  const [check, text] = Buffer.from(cursor, 'base64url')
    .toString('utf8')
    .split(/\.(.*)/s);
  if (check === undefined || text === undefined || check !== hashOf(list, text).toString(36)) return undefined;
  return text.startsWith('n') ? Number(text.slice(1)) : text.slice(1);
}
