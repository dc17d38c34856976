import type { AccessNodeKind, AccessNodeRef } from '@castellan/api';
import { IconApps, IconRobot, IconShieldLock, IconUser, IconUsersGroup, type TablerIcon } from '@tabler/icons-react';

interface NodeLook {
  readonly icon: TablerIcon;
  readonly one: string;
  readonly many: string;
  /** Of its record: an application that acts as a program is read as an application. */
  readonly record: 'account' | 'group' | 'application' | 'role';
}

export const NODE_LOOKS: Readonly<Record<AccessNodeKind, NodeLook>> = {
  account: { icon: IconUser, one: 'person', many: 'People', record: 'account' },
  group: { icon: IconUsersGroup, one: 'group', many: 'Groups', record: 'group' },
  application: { icon: IconApps, one: 'application', many: 'Applications', record: 'application' },
  role: { icon: IconShieldLock, one: 'role', many: 'Roles', record: 'role' },
  client: { icon: IconRobot, one: 'program', many: 'Programs', record: 'application' },
};

export function isNodeKind(kind: string): kind is AccessNodeKind {
  return Object.hasOwn(NODE_LOOKS, kind);
}

/** As the API asks for it: `account:00u1`. */
export function nodeId({ kind, key }: AccessNodeRef): string {
  return `${kind}:${key}`;
}

/** `undefined`: it is written as no node. */
export function nodeOfId(id: string | undefined): AccessNodeRef | undefined {
  const colon = id?.indexOf(':') ?? -1;
  if (id === undefined || colon < 1 || colon === id.length - 1) return undefined;
  const kind = id.slice(0, colon);
  return isNodeKind(kind) ? { kind, key: id.slice(colon + 1) } : undefined;
}

/** `1,240 people`, `1 group`. */
export function countedNodes(kind: AccessNodeKind, count: number): string {
  const { one, many } = NODE_LOOKS[kind];
  return `${count.toLocaleString('en')} ${count === 1 ? one : many.toLowerCase()}`;
}

/** What a status means for access. Who was given an application that is switched off has it all the same, and it may be switched on again. */
export function statusMeaning(kind: AccessNodeKind, status: string | null): string | undefined {
  return kind === 'application' && status === 'inactive' ? 'nobody can open it' : undefined;
}
