import type { Json, JsonObject } from '../json/json.js';
import { isJsonObject } from '../json/json.js';
import type { EndpointRequest } from './endpoint.js';
import { malformedBody } from './okta-error.js';

/** The body of a write. Okta calls everything malformed that is not a JSON object, an empty body included. */
export function objectOf(request: EndpointRequest): JsonObject {
  const value = parsed(request.body);
  if (!isJsonObject(value)) throw malformedBody();
  return value;
}

/** The same where a body may be left out. */
export function optionalObjectOf(request: EndpointRequest): JsonObject {
  return request.body.trim() === '' ? {} : objectOf(request);
}

function parsed(text: string): Json | undefined {
  try {
    // Whatever JSON.parse makes of a text is Json.
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
