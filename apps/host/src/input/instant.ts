import { invalidRequest } from '../problems/problem.js';

const INSTANT = /^[12]\d{3}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/;
/** No provider of ours is older. */
const OLDEST = Date.UTC(2000, 0);

/** In ISO 8601 with milliseconds. `undefined` for what is none, also for the 31st of February. */
export function instantOf(text: string): string | undefined {
  if (!INSTANT.test(text)) return undefined;
  const time = new Date(text);
  return Number.isNaN(time.getTime()) || time.toISOString().slice(0, 10) !== text.slice(0, 10) ? undefined : time.toISOString();
}

/** @throws Problem (400) */
export function readInstant(parameter: string, text: string): string {
  const at = instantOf(text);
  if (at === undefined)
    throw invalidRequest([{ field: parameter, message: 'Must be an instant in UTC, like 2026-11-26T09:30:00Z.' }]);
  return at;
}

/** An instant that has been. @throws Problem (400) */
export function readPast(parameter: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const at = new Date(readInstant(parameter, text));
  const now = Date.now();
  if (at.getTime() > now) throw invalidRequest([{ field: parameter, message: 'Lies in the future: nobody knows yet.' }]);
  if (at.getTime() < OLDEST) throw invalidRequest([{ field: parameter, message: 'Must not be before the year 2000.' }]);
  return at;
}
