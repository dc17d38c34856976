import type { OpenApiDocument } from '../src/docs/open-api.js';

const TYPE = 'urn:castellan:problem:';

/** Compares every problem that a test meets with what the API document says of its route. */
export class DocumentedProblems {
  readonly #read: () => Promise<OpenApiDocument>;
  #document: Promise<OpenApiDocument> | undefined;

  constructor(read: () => Promise<OpenApiDocument>) {
    this.#read = read;
  }

  /** @throws Error for a problem that the route's document does not name. */
  async check(method: string, path: string, status: number, problem: unknown): Promise<void> {
    const type = typeof problem === 'object' && problem !== null && 'type' in problem ? String(problem.type) : '';
    if (!type.startsWith(TYPE)) throw new Error(`${method} ${path} answered ${status} without a type of ours`);
    this.#document ??= this.#read();
    const { paths } = await this.#document;
    if (paths === undefined) throw new Error('the API document could not be read');
    const [, found] = Object.entries(paths).find(([template]) => matches(template, path)) ?? [];
    const operation = found?.[method.toLowerCase()];
    // What is at no route at all has no document.
    if (operation === undefined) return;
    const { examples = {} } = operation.responses[status]?.content?.['application/problem+json'] ?? {};
    const code = type.slice(TYPE.length);
    if (Object.hasOwn(examples, code)) return;
    throw new Error(`${operation.operationId} answered ${status} ${code}: name it in the problems of its @Endpoint`);
  }
}

function matches(template: string, path: string): boolean {
  const pattern = template.split(/\{\w+\}/).map((part) => part.replaceAll('.', '\\.'));
  return new RegExp(`^${pattern.join('[^/]+')}$`).test(path.split('?')[0] ?? '');
}
