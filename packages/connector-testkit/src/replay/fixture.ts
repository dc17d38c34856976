import { createHash } from 'node:crypto';

/**
 * What a provider has answered to one request: a file of a recording, made by `castellan record`. A recording is a folder with
 * `fixtures.json` (`{"version": 1, "connector": "acme"}`) and a file for each request in `requests/`.
 */
export interface Fixture {
  readonly request: FixtureRequest;
  /** In the order in which they came. Who asks more often gets the first one again after the last. */
  readonly answers: readonly FixtureAnswer[];
}

export interface FixtureRequest {
  readonly method: string;
  /** With the query, as `requestOf` writes it: `/api/v1/users?limit=200`. */
  readonly url: string;
  /** Of a request for a token what tells it from others: `grant_type` and `scope`. */
  readonly form?: Readonly<Record<string, string>>;
}

export interface FixtureAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  /** JSON. Absent: the answer was empty, or no JSON. */
  readonly body?: unknown;
}

export const MANIFEST = 'fixtures.json';
export const REQUESTS = 'requests';
export const FIXTURE_VERSION = 1;

/** Stands in recorded answers for the address of whoever serves them. */
export const RECORDED_ORIGIN = 'https://replay.invalid';

/** Stands in recorded answers for a moment (seconds since 1970) that lies a minute ahead. */
export const IN_A_MINUTE = 'in-a-minute';

const FORM_FIELDS = ['grant_type', 'scope'];
/** Moments: what is asked for "since an hour ago" is another one each time. */
const MOMENT =
  /\d{4}-\d{2}-\d{2}(?:T\d{2}(?::|%3A)\d{2}(?:(?::|%3A)\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}(?::|%3A)?\d{2})?)?|\b1\d{9}(?:\d{3})?\b/gi;

/** A request as it is compared: parameters in order of their names, moments as `*`. */
export function requestOf(method: string, path: string, form?: string): FixtureRequest {
  const [pathname = '', query = ''] = path.split(/\?(.*)/s);
  const pairs = query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => pair.replaceAll('+', '%20').replaceAll(MOMENT, '*'))
    .toSorted();
  const url = `${pathname}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`;
  if (form === undefined) return { method, url };
  const fields = new URLSearchParams(form);
  const told = FORM_FIELDS.flatMap((name) => {
    const value = fields.get(name);
    return value === null ? [] : [[name, value.split(' ').toSorted().join(' ')] as const];
  });
  return { method, url, form: Object.fromEntries(told) };
}

/** One text for each request that is the same. */
export function keyOf({ method, url, form }: FixtureRequest): string {
  return JSON.stringify([method, url, form ?? null]);
}

const LONGEST_NAME = 80;

/** Says to people what is in it, and is the same each time that it is recorded. */
export function fileNameOf(request: FixtureRequest): string {
  const words = `${request.method} ${request.url}`
    .toLowerCase()
    .replace(/%[0-9a-f]{2}/g, ' ')
    .replace(/[^a-z0-9]+/g, '-');
  const hash = createHash('sha256').update(keyOf(request)).digest('hex').slice(0, 8);
  return `${words.slice(0, LONGEST_NAME).replace(/-+$/, '')}-${hash}.json`;
}
