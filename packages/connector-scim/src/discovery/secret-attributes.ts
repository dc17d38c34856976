import { listIn, textIn } from '../map/member.js';
import { resourcesIn } from './resource-types.js';

/**
 * Attributes that a schema declares as nobody's to see: written only, or never returned. Some services return them all the same.
 * @param body of `/Schemas`, `undefined` where the service does not tell.
 */
export function secretAttributesIn(body: unknown): ReadonlySet<string> {
  const secret = new Set(['password']);
  for (const schema of resourcesIn(body)) {
    for (const attribute of listIn(schema, 'attributes')) {
      const name = textIn(attribute, 'name')?.toLowerCase();
      if (name === undefined) continue;
      if (isSecret(attribute)) secret.add(name);
      for (const part of listIn(attribute, 'subAttributes')) {
        const partName = textIn(part, 'name')?.toLowerCase();
        if (partName !== undefined && isSecret(part)) secret.add(`${name}.${partName}`);
      }
    }
  }
  return secret;
}

function isSecret(attribute: unknown): boolean {
  return (
    textIn(attribute, 'mutability')?.toLowerCase() === 'writeonly' || textIn(attribute, 'returned')?.toLowerCase() === 'never'
  );
}
