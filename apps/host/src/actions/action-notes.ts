import type { ActionRequest, AuditTarget } from '@castellan/storage';

export function requestTarget({ id, title, subject }: ActionRequest): AuditTarget {
  return { kind: 'action', id, name: `${title}: ${subject.name}` };
}

/** What of it stands in the audit log: the input may have somebody's profile in it. */
export function notedRequest({ integrationId, action, subject, plan, reason, state, undoOf }: ActionRequest): object {
  const calls = plan.calls.map(({ method, path }) => `${method} ${path}`);
  return { integration: integrationId, action, subject, calls, reason, state, undoOf };
}
