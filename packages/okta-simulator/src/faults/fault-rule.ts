export type FaultKind =
  /** Answers `status` (500 unless told otherwise) with Okta's error body. */
  | 'status'
  /** The same, but a write is done all the same: who trusts the answer repeats it or calls it undone. */
  | 'status-after'
  /** Closes the connection without an answer. */
  | 'reset'
  /** Does what is asked, and closes the connection without an answer. */
  | 'reset-after'
  /** Never answers; the connection stays open. */
  | 'hang'
  /** Answers rightly, but `delayMs` (5000) late. */
  | 'slow'
  /** Does what is asked at once, and answers `delayMs` (5000) late: whoever is killed meanwhile never learns of it. */
  | 'slow-after'
  /** A page of HTML with status 200 (or `status`), as a proxy or a maintenance page sends. */
  | 'html'
  /** Half of the body, then the connection ends. */
  | 'truncate'
  /** 200 with no rows and no next link. */
  | 'empty-list'
  /** 403 with an empty body, as for a missing scope. */
  | 'forbidden'
  /** 404 E0000007: deleted between two calls. */
  | 'not-found'
  /** 401 E0000011: the token is no longer valid. */
  | 'unauthorized'
  /** 400 "Invalid cursor."; only requests with a cursor match. */
  | 'expired-cursor'
  /** The next link points to another host (`host`). */
  | 'foreign-next'
  /** The next link is the request's own URL: a loop. */
  | 'self-next'
  /** 429 of the rate kind, reset in `delayMs` (1000). */
  | 'retry-429'
  /** 429 of the concurrency kind: limit 0 and a reset that is far too late. */
  | 'concurrency-429';

export interface FaultRule {
  readonly kind: FaultKind;
  /**
   * A string is an endpoint template (`/api/v1/groups/{groupId}/users`) or a whole path; a regular expression is tried on
   * path and query. Absent: every API request, but not the token endpoint.
   */
  readonly match?: string | RegExp;
  /** Only requests by this method. Absent: by any. */
  readonly method?: string;
  readonly status?: number;
  /** Error code in the body of kind `status`; E0000009 unless told otherwise. */
  readonly code?: string;
  /** Chance per matching request, drawn from the simulator's seed. Absent: always. */
  readonly probability?: number;
  /** How often the rule may strike. Absent: without end. */
  readonly times?: number;
  /** Number of matching requests that go unharmed first. */
  readonly after?: number;
  readonly delayMs?: number;
  /** Origin for `foreign-next`. */
  readonly host?: string;
}
