import type { Line } from './log-line.js';

/** From a proxy that hides who uses it, and not from a network of the workspace's own. */
export const BY_PROXY: Line = { securityContext: { isProxy: true } };

/** From an address of a list of threats: the story has to have that list. */
export const LISTED = '198.51.100.66';
export const BY_LISTED: Line = { client: { ipAddress: LISTED } };

/** `{ target: [{ changeDetails: { from, to } }] }` of a thing that was changed. */
export function changed(type: string, name: string, from: Line, to: Line): Line {
  return { id: `id-of-${name}`, type, alternateId: 'unknown', displayName: name, changeDetails: { from, to } };
}
