import { type Answers, classPrefix, type StreamName } from './answers.js';
import { CREDENTIAL_CODE } from './credentials.js';
import { STREAM_CODE } from './streams.js';

/** Files of `src`, by their path in the package. */
export function sourceFiles(answers: Answers): Readonly<Record<string, string>> {
  const { id, streams } = answers;
  return {
    'src/index.ts': `export { connector } from './connector.js';\nexport { ${classPrefix(id)}Config } from './config/${id}-config.js';\n`,
    'src/connector.ts': connectorFile(answers),
    [`src/config/${id}-config.ts`]: configFile(answers),
    [`src/client/${id}-client.ts`]: clientFile(answers),
    'src/client/answer.ts': ANSWER,
    'src/map/rows.ts': ROWS,
    'src/streams/define.ts': defineFile(answers),
    ...Object.fromEntries(streams.map((stream) => [`src/streams/${stream}.ts`, STREAM_CODE[stream].file(answers)])),
  };
}

function connectorFile({ id, name, streams }: Answers): string {
  const prefix = classPrefix(id);
  const imports = streams.map((stream) => `import { ${stream} } from './streams/${stream}.js';`).join('\n');
  return `import { defineConnector } from '@castellan/connector-sdk';
import { ${prefix}Client } from './client/${id}-client.js';
import { ${prefix}Config } from './config/${id}-config.js';
${imports}

export const connector = defineConnector<${prefix}Config, ${prefix}Client>({
  id: '${id}',
  displayName: '${name}',
  config: ${prefix}Config,
  connect: (context) => new ${prefix}Client(context),
  probe: (client) => client.report(),
  streams: [${streams.join(', ')}],
});
`;
}

function configFile({ id, name, credential, origin }: Answers): string {
  const { decorators, fields } = CREDENTIAL_CODE[credential];
  const all = [...(origin === undefined ? ['OriginField'] : []), ...decorators].join(', ');
  return `import { ${all} } from '@castellan/form-schema';

/** What people enter to connect ${name}: each decorator is rule, form field and secrecy at once. */
export class ${classPrefix(id)}Config {
  ${origin === undefined ? addressField(id, name) : ''}${fields}
}
`;
}

function addressField(id: string, name: string): string {
  return `@OriginField({
    label: '${name} address',
    placeholder: 'https://${id}.example.com',
    help: 'The address at which your people sign in.',
  })
  readonly address!: string;

  `;
}

function clientFile(answers: Answers): string {
  const { id, name, credential, streams, origin } = answers;
  const prefix = classPrefix(id);
  const { members } = CREDENTIAL_CODE[credential];
  const hasToken = members !== '';
  const permissions = [...new Set(streams.map((stream) => STREAM_CODE[stream].permission))];
  const rows = permissions.map((permission) => `['${permission}', '${pathOf(permission, streams)}'],`).join('\n  ');
  return `${clientImports(answers)}
/** A permission, and a request that fails without it. */
const PERMISSIONS: readonly (readonly [permission: string, path: string])[] = [
  ${rows}
];
${origin === undefined ? '' : `\n/** One address for all customers. */\nconst ORIGIN = '${origin}';\n`}${hasToken ? TOKEN_CONSTANTS : ''}
/** Speaks to ${name}. A new one for each run: whatever it remembers belongs to one integration. */
export class ${prefix}Client {
${constructorOf(answers)}
${REQUESTS}${members}}
${TRIED}${hasToken ? tokenErrorFunction(name) : ''}`;
}

function clientImports({ id, credential }: Answers): string {
  const { imports, members } = CREDENTIAL_CODE[credential];
  const own = [
    'type ConnectionCheck',
    'type ConnectionReport',
    'ConnectorError',
    'type ConnectorContext',
    'type HttpClient',
    'todoFor',
    'turnOf',
    'withNeeds',
  ];
  const sdk = [...own, ...imports].toSorted((one, other) => (bare(one) < bare(other) ? -1 : 1));
  return `import { ${sdk.join(', ')} } from '@castellan/connector-sdk';
import type { ${classPrefix(id)}Config } from '../config/${id}-config.js';
import { idIn, type ListPage, listPage, ${members === '' ? '' : 'numberIn, '}textIn } from './answer.js';
`;
}

function bare(imported: string): string {
  return imported.replace('type ', '').toLowerCase();
}

/** A credential that is asked for needs the context later; one that is given is read once. */
function constructorOf({ id, credential, origin }: Answers): string {
  const { httpOptions, members } = CREDENTIAL_CODE[credential];
  const context = `ConnectorContext<${classPrefix(id)}Config>`;
  const goesTo = (config: string): string => (origin === undefined ? `${config}.address` : 'ORIGIN');
  if (members === '') {
    return `  readonly #http: HttpClient;

  constructor({ config, http }: ${context}) {
    this.#http = http({ origin: ${goesTo('config')}, ${httpOptions} });
  }`;
  }
  return `  readonly #http: HttpClient;
  readonly #context: ${context};
  #token: Promise<string> | undefined;
  #tokenSince = 0;
  #tokenEnds = 0;

  constructor(context: ${context}) {
    this.#context = context;
    this.#http = context.http({ origin: ${goesTo('context.config')}, ${httpOptions} });
  }`;
}

const REQUESTS = `
  /** One page of a list; \`cursor\` is what the page before gave as \`next\`. */
  async list(path: string, cursor?: string): Promise<ListPage> {
    const { body } = await this.#http.send({ url: path, query: cursor === undefined ? {} : { cursor } });
    return listPage(body, path);
  }

  /** A row for each permission: who connects sees at once what will be missing. It does not throw for what a person can mend. */
  async report(): Promise<ConnectionReport> {
    let tenant: ConnectionReport['tenant'] = null;
    const organisation = await tried('organisation', 'connection', async () => {
      const { body } = await this.#http.send({ url: '/organisation' });
      const id = idIn(body, 'id');
      if (id !== null) tenant = { id, displayName: textIn(body, 'name') ?? id };
    });
    // Nobody is let in: the other rows would say the same.
    if (organisation.status === 'failed') return { tenant, checks: [organisation] };
    const permissions = PERMISSIONS.map(([permission, path]) => tried(permission, 'stream', () => this.list(path)));
    return { tenant, checks: [organisation, ...(await Promise.all(permissions))] };
  }
`;

const TRIED = `
/** One row of the report: what fails, whose turn it is, and what that one has to do. */
async function tried(
  name: string,
  blocks: 'connection' | 'stream',
  request: () => Promise<unknown>,
): Promise<ConnectionCheck> {
  try {
    await request();
    return { name, status: 'ok' };
  } catch (error) {
    // A refusal that does not name what is missing: it is what the row is called.
    const known = withNeeds(ConnectorError.from(error), blocks === 'stream' ? [name] : []);
    if (known.kind === 'aborted') throw known;
    return { name, status: 'failed', error: known.view(), blocks, turn: turnOf(known.kind), todo: todoFor(known) };
  }
}
`;

function pathOf(permission: string, streams: readonly StreamName[]): string {
  return streams.map((stream) => STREAM_CODE[stream]).find((code) => code.permission === permission)?.path ?? '/';
}

const TOKEN_CONSTANTS = `
const TOKEN_PATH = '/oauth/token';
/** A token is not used in its last moments: it might end on the way. */
const SAFETY_MS = 30_000;
/** A token that is younger is the one that was just asked for, and not the one that was refused. */
const FRESH_MS = 5_000;
`;

function tokenErrorFunction(name: string): string {
  return `
/** Providers say \`invalid_client\` with status 400 as well as 401 (RFC 6749, 5.2). */
function tokenError({ body }: HttpResponse): AuthError | undefined {
  if (textIn(body, 'error') !== 'invalid_client') return undefined;
  return new AuthError({ message: '${name} does not know this client ID, or the secret is wrong.', field: 'clientSecret' });
}
`;
}

function defineFile({ id }: Answers): string {
  const prefix = classPrefix(id);
  return `import { defineStream, type Json } from '@castellan/connector-sdk';
import { textIn } from '../client/answer.js';
import type { ${prefix}Client } from '../client/${id}-client.js';

export const stream = defineStream<${prefix}Client>();

/** After which a page begins, as the page before it said. (A type, since an interface is not taken for JSON.) */
type Position = { readonly cursor: string };

/** A stored position is input from another version: what is none of ours starts the stream afresh. */
export function parsePosition(value: Json): Position {
  const cursor = textIn(value, 'cursor');
  if (cursor === null) throw new Error('no position of ours');
  return { cursor };
}

export function positionOf(next: string | null): Position | null {
  return next === null ? null : { cursor: next };
}
`;
}

const ANSWER = `import { type Json, type JsonObject, UpstreamError } from '@castellan/connector-sdk';

export interface ListPage {
  readonly items: readonly unknown[];
  /** Where the next page begins; \`null\` on the last. */
  readonly next: string | null;
}

/** @throws UpstreamError for an answer that is no list, or does not say what comes next: what is not read is deleted from storage. */
export function listPage(body: unknown, path: string): ListPage {
  const items = valueIn(body, 'items');
  if (!Array.isArray(items)) throw new UpstreamError({ message: \`The answer for \${path} is no list.\` });
  // The end is said. A cursor that is merely missing would end the list in the middle.
  const next = valueIn(body, 'next') === null ? null : textIn(body, 'next');
  if (next === null && valueIn(body, 'next') !== null)
    throw new UpstreamError({ message: \`The answer for \${path} does not say whether more comes.\` });
  return { items, next };
}

/** An id as text, also where the provider counts. */
export function idIn(object: unknown, name: string): string | null {
  const value = valueIn(object, name);
  return Number.isSafeInteger(value) ? String(value) : textIn(object, name);
}

/** A text that is there and not empty; \`null\`: the provider does not say. */
export function textIn(object: unknown, name: string): string | null {
  const value = valueIn(object, name);
  return typeof value === 'string' && value !== '' ? value : null;
}

export function numberIn(object: unknown, name: string): number | null {
  const value = valueIn(object, name);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** ISO 8601 in UTC with milliseconds, however the provider writes it. */
export function instantIn(object: unknown, name: string): string | null {
  const time = Date.parse(textIn(object, name) ?? '');
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/** The provider's own object, for whoever looks closer. Fields by name: a secret that the provider adds one day is not among them. */
export function rawOf(object: unknown, fields: readonly string[]): JsonObject {
  const there = fields.map((name) => [name, valueIn(object, name)] as const).filter(([, value]) => value !== undefined);
  // It was parsed from JSON, so each value is JSON.
  return Object.fromEntries(there) as Readonly<Record<string, Json>>;
}

export function valueIn(object: unknown, name: string): unknown {
  if (typeof object !== 'object' || object === null || !Object.hasOwn(object, name)) return undefined;
  return Reflect.get(object, name);
}
`;

const ROWS = `import type { RecordKind, Rejected, SourceRecord } from '@castellan/connector-sdk';

/** Records of the rows of a page. A row that makes none is rejected by name: what is dropped in silence is deleted from storage. */
export function rowsOf<K extends RecordKind>(
  items: readonly unknown[],
  map: (item: unknown) => SourceRecord<K> | undefined,
): { readonly records: readonly SourceRecord<K>[]; readonly rejected: readonly Rejected[] } {
  const records: SourceRecord<K>[] = [];
  const rejected: Rejected[] = [];
  for (const [index, item] of items.entries()) {
    const record = map(item);
    if (record === undefined) rejected.push({ reason: 'it has no id', at: \`row \${index}\` });
    else records.push(record);
  }
  return { records, rejected };
}
`;
