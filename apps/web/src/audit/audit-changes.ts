/** One place in what was noted; `undefined`: it was not there. */
export interface AuditChange {
  /** `secret.changedAt` */
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What differs, place by place; where only one side was noted, all of it. */
export function auditChanges(before: object | null, after: object | null): readonly AuditChange[] {
  const [old, now] = [leavesOf(before), leavesOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((path) => ({ path, before: old.get(path), after: now.get(path) }))
    .filter((change) => change.before !== change.after);
}

function leavesOf(value: object | null): Map<string, string> {
  const leaves = new Map<string, string>();
  const walk = (one: unknown, path: string): void => {
    const isInner = typeof one === 'object' && one !== null && !Array.isArray(one);
    if (!isInner) {
      leaves.set(path, textOf(one));
      return;
    }
    for (const [key, inner] of Object.entries(one)) walk(inner, path === '' ? key : `${path}.${key}`);
  };
  if (value !== null) walk(value, '');
  return leaves;
}

function textOf(value: unknown): string {
  if (value === null) return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(textOf).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
