import type { OpenSessionView, SessionView } from '@castellan/api';
import type { Session, User, Workspace } from '@castellan/storage';
import type { Caller } from '../callers/caller.js';
import { waysOf } from '../users/user-views.js';

export function sessionView(caller: Caller, workspace: Workspace, user: User | undefined): SessionView {
  return {
    kind: caller.kind,
    user:
      user === undefined || caller.kind !== 'user'
        ? null
        : {
            id: user.id,
            email: user.email,
            name: user.name,
            role: user.role,
            isOperator: user.isOperator,
            signsInWith: waysOf(user),
          },
    apiKey: caller.kind === 'api_key' ? { id: caller.id, name: caller.name } : null,
    workspace: { id: workspace.id, name: workspace.name },
    permissions: [...caller.permissions].toSorted(),
  };
}

export function openSessionView(session: Session, caller: Caller): OpenSessionView {
  const { id, address, agent, createdAt, lastUsedAt, expiresAt } = session;
  return {
    id,
    current: id === caller.sessionId,
    address,
    agent,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
