import type { HttpResponse } from '@castellan/connector-sdk';

type Headers = HttpResponse['headers'];

/** What one answer says about its bucket. */
export interface RateHeaders {
  readonly limit: number;
  readonly remaining: number;
  /** Epoch milliseconds by the provider's clock. */
  readonly reset: number | undefined;
}

/** `undefined` when the answer says nothing usable. Of headers that came twice the tightest pair counts. */
export function readRateHeaders(headers: Headers): RateHeaders | undefined {
  const limits = numbers(headers['x-rate-limit-limit']);
  const remainings = numbers(headers['x-rate-limit-remaining']);
  if (limits.length === 0 || remainings.length === 0) return undefined;
  return { limit: Math.min(...limits), remaining: Math.min(...remainings), reset: tightestReset(headers, remainings) };
}

/** The reset that belongs to the smallest `remaining`; the later one where two are equally small. */
function tightestReset(headers: Headers, remainings: readonly number[]): number | undefined {
  const resets = numbers(headers['x-rate-limit-reset']);
  if (resets.length === 0) return undefined;
  if (resets.length !== remainings.length) return Math.min(...resets) * 1000;
  const least = Math.min(...remainings);
  return Math.max(...resets.filter((_, index) => remainings[index] === least)) * 1000;
}

function numbers(values: readonly string[] | undefined): readonly number[] {
  const texts = (values ?? []).flatMap((value) => value.split(',')).map((text) => text.trim());
  return texts.filter((text) => /^\d{1,15}(\.\d+)?$/.test(text)).map(Number);
}

/** `Retry-After` as milliseconds from now: seconds, or a date by the provider's clock. */
export function readRetryAfter(headers: Headers, serverNow: number): number | undefined {
  const [text = ''] = headers['retry-after'] ?? [];
  if (/^\s*\d{1,9}(\.\d+)?\s*$/.test(text)) return Number(text) * 1000;
  // Date.parse reads almost anything as a date, "-5" included.
  const date = /^[a-z]{3},? /i.test(text.trim()) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - serverNow);
}

export function readDate(headers: Headers): Date | undefined {
  const time = Date.parse(headers['date']?.[0] ?? '');
  return Number.isNaN(time) ? undefined : new Date(time);
}
