import type { Endpoint } from './endpoint.js';

export interface RouteMatch {
  readonly endpoint: Endpoint;
  readonly params: Readonly<Record<string, string>>;
}

interface Node {
  readonly literals: Map<string, Node>;
  variable?: Node;
  names: readonly string[];
  endpoint?: Endpoint;
}

const newNode = (): Node => ({ literals: new Map(), names: [] });

/** Finds the endpoint of a path. A literal segment wins over a parameter (`/groups/rules` is not the group "rules"). */
export class Router {
  readonly #root = newNode();

  constructor(readonly endpoints: readonly Endpoint[]) {
    for (const endpoint of endpoints) this.#add(endpoint);
  }

  match(path: string): RouteMatch | undefined {
    const segments = path.split('/').slice(1);
    const values: string[] = [];
    const node = find(this.#root, segments, 0, values);
    if (!node?.endpoint) return undefined;
    const params = Object.fromEntries(node.names.map((name, index) => [name, decoded(values[index] ?? '')]));
    return { endpoint: node.endpoint, params };
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
    if (node.endpoint) throw new Error(`${endpoint.template} clashes with ${node.endpoint.template}`);
    node.endpoint = endpoint;
    node.names = names;
  }
}

function find(node: Node, segments: readonly string[], index: number, values: string[]): Node | undefined {
  const segment = segments[index];
  if (segment === undefined) return node.endpoint ? node : undefined;
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
