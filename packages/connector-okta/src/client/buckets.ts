import type { HttpMethod } from '@castellan/connector-sdk';

/** `{id}` stands for one segment; `exact` patterns hold for the whole path, others for everything below it too. */
interface BucketRow {
  readonly pattern: string;
  readonly exact?: boolean;
  readonly method?: HttpMethod;
  /** Default: the pattern itself. */
  readonly bucket?: string;
}

/**
 * Which of Okta's rate-limit buckets a path is counted in. Source: Okta, "Rate limits" (exact match wins, else the longest
 * prefix; the method matters). A start only: the limits themselves are learnt from the answers' headers.
 */
const ROWS: readonly BucketRow[] = [
  { pattern: '/oauth2/v1/token' },
  { pattern: '/oauth2/v1/clients' },
  { pattern: '/api/v1/users/{id}', exact: true, method: 'GET' },
  { pattern: '/api/v1/users' },
  // Group rules look like a group with the id "rules", but Okta counts them with the lists.
  { pattern: '/api/v1/groups/rules', exact: true, bucket: '/api/v1/groups' },
  { pattern: '/api/v1/groups/{id}', exact: true },
  { pattern: '/api/v1/groups' },
  { pattern: '/api/v1/apps/{id}', exact: true },
  { pattern: '/api/v1/apps' },
  { pattern: '/api/v1/logs' },
  { pattern: '/api/v1/iam' },
  { pattern: '/api/v1/devices' },
  { pattern: '/api/v1' },
];

/** @param path of the request, with or without its query. */
export function bucketOf(method: HttpMethod, path: string): string {
  const segments = segmentsOf(path.split(/[?#]/, 1)[0] ?? '');
  const row = ROWS.find((candidate) => matches(candidate, method, segments));
  return row === undefined ? '/' : (row.bucket ?? row.pattern);
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
