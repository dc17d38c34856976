import { applyDecorators } from '@nestjs/common';
import { IsOptional, Matches, MaxLength } from 'class-validator';
import { createHash } from 'node:crypto';
import { invalidRequest, type Problem } from '../problems/problem.js';

export function IsLimit(): PropertyDecorator {
  return applyDecorators(IsOptional(), Matches(/^\d{1,15}$/, { message: 'Must be a whole number.' }));
}

export function IsCursor(): PropertyDecorator {
  const message = 'Is not a cursor of this list: take `next` of an earlier page.';
  return applyDecorators(IsOptional(), MaxLength(4_000, { message }));
}

/** Query of every paged list. Values are text, as a URL gives them; a key given twice comes as a list and is refused. */
export class PageQuery {
  @IsLimit()
  readonly limit?: string;

  @IsCursor()
  readonly cursor?: string;
}

export function readLimit(
  query: PageQuery,
  { standard, largest }: { readonly standard: number; readonly largest: number },
): number {
  const limit = query.limit === undefined ? standard : Number(query.limit);
  if (limit >= 1 && limit <= largest) return limit;
  throw invalidRequest([{ field: 'limit', message: `Must be a whole number from 1 to ${largest}.` }]);
}

/** For `list` below where the place of a page means something for the very same question alone, whatever the size of its pages. */
export function listOf(name: string, integrationId: string, query: PageQuery): string {
  const asked = Object.entries(query).filter(
    ([field, value]) => value !== undefined && field !== 'cursor' && field !== 'limit',
  );
  const text = JSON.stringify([integrationId, ...asked.toSorted(([one], [other]) => (one < other ? -1 : 1))]);
  return `${name} ${createHash('sha256').update(text).digest('base64url').slice(0, 16)}`;
}

/** The place after a page's last row, as text that nobody needs to understand. `list` keeps it to the list it came from. */
export function writeCursor(list: string, position: string | null): string | null {
  return position === null ? null : Buffer.from(JSON.stringify([list, position])).toString('base64url');
}

/** @throws Problem (400) for anything but a cursor of this list whose position is valid. */
export function readCursor(query: PageQuery, list: string, isValid: (position: string) => boolean): string | undefined {
  if (query.cursor === undefined) return undefined;
  const [from, position] = parse(query.cursor);
  // A NUL cannot be part of any key, and the database would not take it.
  if (from !== list || typeof position !== 'string' || position.includes('\0') || !isValid(position)) throw badCursor();
  return position;
}

function parse(cursor: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function badCursor(): Problem {
  return invalidRequest([{ field: 'cursor', message: 'Is not a cursor of this list: take `next` of an earlier page.' }]);
}
