import type { Endpoint, Method } from './endpoint.js';

export interface RouteMatch {
  readonly endpoint: Endpoint;
  readonly params: Readonly<Record<string, string>>;
}

/** A path that is known, but not by this method. */
export type OtherMethod = 'other method';

interface Route {
  readonly endpoint: Endpoint;
  readonly names: readonly string[];
}

interface Node {
  readonly literals: Map<string, Node>;
  variable?: Node;
  readonly routes: Map<string, Route>;
}

const newNode = (): Node => ({ literals: new Map(), routes: new Map() });

export const methodOf = (endpoint: Endpoint): Method => endpoint.method ?? 'GET';

/** Finds the endpoint of a path. A literal segment wins over a parameter (`/groups/rules` is not the group "rules"). */
export class Router {
  readonly #root = newNode();

  constructor(readonly endpoints: readonly Endpoint[]) {
    for (const endpoint of endpoints) this.#add(endpoint);
  }

  match(path: string, method: string): RouteMatch | OtherMethod | undefined {
    const segments = path.split('/').slice(1);
    const values: string[] = [];
    const node = find(this.#root, segments, 0, values);
    if (!node) return undefined;
    const route = node.routes.get(method);
    if (!route) return 'other method';
    const params = Object.fromEntries(route.names.map((name, index) => [name, decoded(values[index] ?? '')]));
    return { endpoint: route.endpoint, params };
  }

  /** The endpoint of a request, or undefined where it has none. */
  endpointOf(path: string, method: string): Endpoint | undefined {
    const match = this.match(path, method);
    return match === undefined || match === 'other method' ? undefined : match.endpoint;
  }

  #add(endpoint: Endpoint): void {
    const names: string[] = [];
    let node = this.#root;
    for (const segment of endpoint.template.split('/').slice(1)) {
      if (segment.startsWith('{')) {
        names.push(segment.slice(1, -1));
        node.variable ??= newNode();
        node = node.variable;
        continue;
      }
      const next = node.literals.get(segment) ?? newNode();
      node.literals.set(segment, next);
      node = next;
    }
    const method = methodOf(endpoint);
    const clash = node.routes.get(method);
    if (clash) throw new Error(`${method} ${endpoint.template} clashes with ${clash.endpoint.template}`);
    node.routes.set(method, { endpoint, names });
  }
}

function find(node: Node, segments: readonly string[], index: number, values: string[]): Node | undefined {
  const segment = segments[index];
  if (segment === undefined) return node.routes.size > 0 ? node : undefined;
  const literal = node.literals.get(segment);
  const byLiteral = literal && find(literal, segments, index + 1, values);
  if (byLiteral) return byLiteral;
  if (!node.variable || segment === '') return undefined;
  values[values.length] = segment;
  const byVariable = find(node.variable, segments, index + 1, values);
  if (!byVariable) values.pop();
  return byVariable;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A stray per cent sign is not an id of anything: leave it, the lookup answers 404.
    return segment;
  }
}
