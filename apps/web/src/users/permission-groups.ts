import { ALL_PERMISSIONS, type Permission } from '@castellan/api';

type Noun = Permission extends `${infer N}:${string}` ? N : never;

const GROUPS = ['What is connected', 'People and programs', 'Oversight', 'The host'] as const;
/** Where a page lists the permissions of a noun. A new noun has no place until it has one here. */
const GROUP_OF: Readonly<Record<Noun, (typeof GROUPS)[number]>> = {
  integrations: 'What is connected',
  records: 'What is connected',
  users: 'People and programs',
  'api-keys': 'People and programs',
  webhooks: 'People and programs',
  access: 'Oversight',
  findings: 'Oversight',
  posture: 'Oversight',
  detection: 'Oversight',
  actions: 'Oversight',
  playbooks: 'Oversight',
  audit: 'Oversight',
  workspaces: 'The host',
  metrics: 'The host',
};

export interface PermissionGroup {
  readonly title: string;
  readonly permissions: readonly Permission[];
}

/** In the order in which they are read; groups without any are left out. */
export function inGroups(permissions: readonly Permission[] = ALL_PERMISSIONS): readonly PermissionGroup[] {
  return GROUPS.map((title) => ({
    title,
    permissions: ALL_PERMISSIONS.filter((one) => permissions.includes(one) && GROUP_OF[nounOf(one)] === title),
  })).filter((group) => group.permissions.length > 0);
}

function nounOf(permission: Permission): Noun {
  // Every permission is `noun:verb`: the type above is made from them.
  return permission.slice(0, permission.indexOf(':')) as Noun;
}
