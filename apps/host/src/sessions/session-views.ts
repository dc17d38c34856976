import type { Session, User, Workspace } from '@castellan/storage';
import type { Caller } from '../callers/caller.js';
import type { Permission } from '../callers/permissions.js';

/** Who is asking, and what he may. */
export interface SessionView {
  readonly kind: Caller['kind'];
  /** `null` for an API key. */
  readonly user: {
    readonly id: string;
    readonly email: string;
    readonly name: string;
    readonly role: User['role'];
    readonly isOperator: boolean;
  } | null;
  /** Of the API key; `null` for a user. */
  readonly apiKey: { readonly id: string; readonly name: string } | null;
  readonly workspace: { readonly id: string; readonly name: string };
  readonly permissions: readonly Permission[];
}

export function sessionView(caller: Caller, workspace: Workspace, user: User | undefined): SessionView {
  return {
    kind: caller.kind,
    user:
      user === undefined || caller.kind !== 'user'
        ? null
        : { id: user.id, email: user.email, name: user.name, role: user.role, isOperator: user.isOperator },
    apiKey: caller.kind === 'api_key' ? { id: caller.id, name: caller.name } : null,
    workspace: { id: workspace.id, name: workspace.name },
    permissions: [...caller.permissions].toSorted(),
  };
}

/** One of the signed-in user's own sessions. */
export interface OpenSessionView {
  readonly id: string;
  /** The one that asks. */
  readonly current: boolean;
  readonly address: string;
  /** What the browser calls itself. */
  readonly agent: string;
  readonly createdAt: string;
  readonly lastUsedAt: string;
  readonly expiresAt: string;
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
