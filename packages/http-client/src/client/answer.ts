import type { HttpResponse } from '@castellan/connector-sdk';
import { readDate } from '../governor/rate-headers.js';
import type { Headers } from './exchange.js';

const LONGEST_ERROR_TEXT = 2_000;

/** The answer for the connector, `next` apart. `undefined`: a good status with a body that is no JSON. */
export function readAnswer(status: number, headers: Headers, text: string): HttpResponse | undefined {
  const body = parse(text);
  const plain = { status, headers, next: undefined, date: readDate(headers) };
  if (body !== undefined) return { ...plain, body: body.value };
  if (status < 300) return undefined;
  return { ...plain, body: text.slice(0, LONGEST_ERROR_TEXT) };
}

function parse(text: string): { readonly value: unknown } | undefined {
  if (text.trim() === '') return { value: undefined };
  try {
    return { value: JSON.parse(text) };
  } catch {
    // The parser's message quotes the text, which may be half a token: it goes no further.
    return undefined;
  }
}
