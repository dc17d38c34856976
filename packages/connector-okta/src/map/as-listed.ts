import { isObject } from './is-object.js';

/**
 * A user read by itself, in the form in which lists show it: there only the link to itself, here also one for each thing
 * that may be done with it, which would make the same user look changed. Source: Okta, Users API, "Links".
 */
export function asListed(value: unknown): unknown {
  if (!isObject(value) || !('_links' in value) || !isObject(value._links)) return value;
  const links = new Map<string, unknown>(Object.entries(value._links));
  const self = links.get('self');
  return { ...value, _links: self === undefined ? {} : { self } };
}
