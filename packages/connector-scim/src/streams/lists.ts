import type { Service } from '../discovery/service.js';
import type { ListSpec } from '../paging/list-reader.js';

export function userList({ users }: Pick<Service, 'users'>): ListSpec {
  return { path: users, what: 'Users' };
}

/** Without members where the service can leave them out: they are read with their group, and may be many. */
export function groupList(groups: string): ListSpec {
  return { path: groups, what: 'Groups', wish: WITHOUT_MEMBERS };
}

export const WITHOUT_MEMBERS = { excludedAttributes: 'members' };
