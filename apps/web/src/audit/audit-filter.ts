/** What of the log is shown; left out: all. */
export interface AuditFilter {
  /** `user.update` */
  readonly action?: string;
  /** Id of a user or an API key. */
  readonly actor?: string;
  /** Id of what something was done to. */
  readonly target?: string;
}

const NAMES = ['action', 'actor', 'target'] as const;

/** From an address that anybody may have written. */
export function readFilter(search: Record<string, unknown>): AuditFilter {
  const given = NAMES.map((name) => [name, search[name]] as const);
  return Object.fromEntries(given.filter(([, value]) => typeof value === 'string' && value !== ''));
}
