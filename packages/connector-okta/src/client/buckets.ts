import type { HttpMethod } from '@castellan/connector-sdk';

/** `{id}` stands for one segment; `exact` patterns hold for the whole path, others for everything below it too. */
interface BucketRow {
  readonly pattern: string;
  readonly exact?: boolean;
  readonly method?: HttpMethod;
  /** Default: the pattern itself. */
  readonly bucket?: string;
  /**
   * Calls a minute that one app of a usual organisation is granted. A guess, to choose between routes before any answer has
   * told: half (the share of one app) of the table for workforce organisations that Okta published until December 2025.
   * Where it published nothing, the number of the bucket around it.
   */
  readonly perMinute: number;
}

/**
 * Which of Okta's rate-limit buckets a path is counted in. Source: Okta, "Rate limits" (exact match wins, else the longest
 * prefix; the method matters). A start only: the limits themselves are learnt from the answers' headers.
 */
const ROWS: readonly BucketRow[] = [
  { pattern: '/oauth2/v1/token', perMinute: 1_000 },
  { pattern: '/oauth2/v1/clients', perMinute: 50 },
  { pattern: '/api/v1/users/{id}', exact: true, method: 'GET', perMinute: 1_000 },
  { pattern: '/api/v1/users', perMinute: 300 },
  // Group rules look like a group with the id "rules", but Okta counts them with the lists.
  { pattern: '/api/v1/groups/rules', exact: true, bucket: '/api/v1/groups', perMinute: 250 },
  { pattern: '/api/v1/groups/{id}', exact: true, perMinute: 500 },
  { pattern: '/api/v1/groups/{id}/skinny_users', exact: true, perMinute: 250 },
  { pattern: '/api/v1/groups', perMinute: 250 },
  { pattern: '/api/v1/apps/{id}', exact: true, perMinute: 250 },
  { pattern: '/api/v1/apps', perMinute: 50 },
  { pattern: '/api/v1/logs', perMinute: 60 },
  { pattern: '/api/v1/iam', perMinute: 600 },
  { pattern: '/api/v1/devices', perMinute: 50 },
  { pattern: '/api/v1', perMinute: 600 },
];

/** A bucket that we know nothing about. */
const LAST_GUESS = 600;

/** The buckets that a plan names. */
export const BUCKETS = {
  users: '/api/v1/users',
  groups: '/api/v1/groups',
  skinnyUsers: '/api/v1/groups/{id}/skinny_users',
  apps: '/api/v1/apps',
  iam: '/api/v1/iam',
  clients: '/oauth2/v1/clients',
  logs: '/api/v1/logs',
  rest: '/api/v1',
} as const;

/** @param path of the request, with or without its query. */
export function bucketOf(method: HttpMethod, path: string): string {
  const segments = segmentsOf(path.split(/[?#]/, 1)[0] ?? '');
  const row = ROWS.find((candidate) => matches(candidate, method, segments));
  return row === undefined ? '/' : (row.bucket ?? row.pattern);
}

/** What is granted a minute, for choosing before Okta has said. Only a guess: see `BucketRow.perMinute`. */
export function guessOf(bucket: string): number {
  return ROWS.find((row) => (row.bucket ?? row.pattern) === bucket)?.perMinute ?? LAST_GUESS;
}

function matches(row: BucketRow, method: HttpMethod, segments: readonly string[]): boolean {
  if (row.method !== undefined && row.method !== method) return false;
  const wanted = segmentsOf(row.pattern);
  if (row.exact === true ? segments.length !== wanted.length : segments.length < wanted.length) return false;
  return wanted.every((segment, index) => segment === '{id}' || segment === segments[index]);
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '');
}
