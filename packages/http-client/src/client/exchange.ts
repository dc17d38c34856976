import type { HttpMethod, HttpResponse } from '@castellan/connector-sdk';
import { type Dispatcher, request } from 'undici';
import { Deadline } from '../body/deadline.js';
import { decodeBody } from '../body/decode-body.js';
import { BodyTooLarge, readBody } from '../body/read-body.js';
import type { Limits } from '../limits.js';

export type Headers = HttpResponse['headers'];

export interface Envelope {
  readonly url: URL;
  readonly method: HttpMethod;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface ExchangeOptions {
  readonly dispatcher: Dispatcher;
  readonly limits: Limits;
  readonly signal: AbortSignal;
  /** Called with the head of the answer, before its body is read. */
  readonly onHead: (status: number, headers: Headers) => void;
}

/** What came back: an answer with its whole body, or how it broke. Aborting the run is the only thing that rejects. */
export type Exchange =
  | { readonly kind: 'answer'; readonly status: number; readonly headers: Headers; readonly text: string }
  | {
      readonly kind: 'broken';
      readonly phase: 'head' | 'body';
      readonly cause: unknown;
      readonly expired: Deadline['expired'];
    };

/** An error answer is read for its message only. */
const ERROR_BODY_BYTES = 256 * 1024;

/** One request on the wire, once. No retries, no opinions about statuses. */
export async function exchange(envelope: Envelope, options: ExchangeOptions): Promise<Exchange> {
  const { limits, signal } = options;
  signal.throwIfAborted();
  const deadline = new Deadline(limits.idleMs, limits.totalMs, signal);
  let phase: 'head' | 'body' = 'head';
  try {
    const data = await send(envelope, options.dispatcher, deadline.signal);
    phase = 'body';
    deadline.touch();
    const headers = listed(data.headers);
    options.onHead(data.statusCode, headers);
    const text = await readText(data, headers, limits, deadline);
    return { kind: 'answer', status: data.statusCode, headers, text };
  } catch (cause) {
    signal.throwIfAborted();
    return { kind: 'broken', phase, cause, expired: deadline.expired };
  } finally {
    deadline.end();
  }
}

/** undici notices an abort only once it is connected: whoever waits is let go at once, and what still comes is thrown away. */
function send(envelope: Envelope, dispatcher: Dispatcher, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
  const { url, method, headers, body } = envelope;
  // Both time-outs of undici are off: ours count in the same milliseconds everywhere, its own in ticks of a second.
  const timeouts = { headersTimeout: 0, bodyTimeout: 0 };
  const answer = request(url, { dispatcher, method, headers, body: body ?? null, signal, ...timeouts });
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(signal.reason);
      answer.then(
        (late) => late.body.on('error', () => undefined).destroy(),
        () => undefined,
      );
    };
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

async function readText(data: Dispatcher.ResponseData, headers: Headers, limits: Limits, deadline: Deadline): Promise<string> {
  const failed = data.statusCode >= 300;
  const mostBytes = failed ? Math.min(ERROR_BODY_BYTES, limits.bodyBytes) : limits.bodyBytes;
  try {
    const announced = Number(headers['content-length']?.[0] ?? 0);
    if (announced > mostBytes) {
      data.body.on('error', () => undefined).destroy();
      throw new BodyTooLarge(mostBytes);
    }
    const raw = await readBody(data.body, mostBytes, () => deadline.touch());
    const encodings = headers['content-encoding']?.join(',');
    const decoded = await decodeBody(raw, encodings, mostBytes);
    return new TextDecoder().decode(decoded);
  } catch (error) {
    // An error answer says enough by its status: a body that breaks must not hide it.
    if (failed) return '';
    throw error;
  }
}

function listed(headers: Dispatcher.ResponseData['headers']): Headers {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value : [value]] as const],
    ),
  );
}
