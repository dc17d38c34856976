import type { Permission } from '@castellan/api';
import { type CustomDecorator, SetMetadata } from '@nestjs/common';
import type { ProblemCode } from '../problems/problem-catalogue.js';

/** `public`: anybody, also without a session. `signed-in`: every caller, whatever his role. */
export type Access = Permission | 'public' | 'signed-in';

type Media = 'text/event-stream' | 'text/plain' | 'text/csv' | 'application/jsonl';

/**
 * What every route says of itself, once: who may ask it (the guard refuses a route that does not say), and what the API
 * document shows. Status, path, and the rules of body and query are read from the route itself.
 */
export interface EndpointSpec {
  readonly access: Access;
  /** One line, in the imperative: `Start a sync`. */
  readonly summary: string;
  /** What a caller has to know beyond the summary. */
  readonly description?: string;
  /** What a parameter of the path means, where no list of the API has its values. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** An example of the body; several: `Examples` (see `docs/examples`). */
  readonly body?: object;
  /** An example of the good answer, or `Examples`; left out where there is none (204) or it is no JSON. */
  readonly answer?: unknown;
  /** Of the good answer, where it is no JSON; several where the path says which. */
  readonly media?: Media | readonly Media[];
  /** Problems beyond those that follow from the route itself (see `docs/route-problems`). */
  readonly problems?: readonly ProblemCode[];
}

const ENDPOINT = 'castellan:endpoint';

export function Endpoint(spec: EndpointSpec): CustomDecorator {
  return SetMetadata(ENDPOINT, spec);
}

export function endpointOf(handler: object): EndpointSpec | undefined {
  // Only `Endpoint` writes under this name.
  return Reflect.getMetadata(ENDPOINT, handler) as EndpointSpec | undefined;
}
