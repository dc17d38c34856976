import { textIn } from '../map/member.js';

/** As people call an account or a group; what has no name goes by its id. */
export function nameOf(resource: unknown, id: string): string {
  return textIn(resource, 'displayName') ?? textIn(resource, 'userName') ?? id;
}
