import { PERMISSIONS, type Permission } from '@castellan/api';

/** What `wanted` has that `own` lacks: nobody gives away, or takes over, more than he has. */
export function beyond(own: ReadonlySet<Permission>, wanted: Iterable<Permission>): readonly Permission[] {
  return [...wanted].filter((permission) => !own.has(permission));
}

export function isPermission(text: string): text is Permission {
  return Object.hasOwn(PERMISSIONS, text);
}
