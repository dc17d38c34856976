/** What the author has chosen. */
export interface Answers {
  /** `example-directory` */
  readonly id: string;
  /** `Example Directory` */
  readonly name: string;
  readonly credential: Credential;
  readonly streams: readonly StreamName[];
  /** `https://api.example.com`: the provider's one address for everybody. Absent: each customer has its own, and the form asks. */
  readonly origin?: string;
}

export const CREDENTIALS = ['token', 'api-key', 'basic', 'client-credentials'] as const;
export type Credential = (typeof CREDENTIALS)[number];

export const STREAMS = ['accounts', 'groups', 'memberships', 'applications'] as const;
export type StreamName = (typeof STREAMS)[number];

const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** Packages that are called connector-... and are none. */
const TAKEN = ['sdk', 'testkit'];

/** `true`, or what is wrong: for the prompt and for answers on the command line alike. */
export function judgeId(id: unknown): true | string {
  if (typeof id !== 'string' || !ID.test(id)) return 'The id is in kebab-case, e.g. example-directory: it stays for ever.';
  return TAKEN.includes(id) ? `"${id}" is the name of a package that is no connector.` : true;
}

export function judgeName(name: unknown): true | string {
  // It stands in code between quotes, and in a table of the README.
  return typeof name === 'string' && /^[\p{L}\p{N}][\p{L}\p{N} .&+-]{0,60}$/u.test(name)
    ? true
    : 'The name is what people read, e.g. Example Directory: letters, digits, blanks and . & + - only.';
}

export function judgeAddress(address: unknown): true | string {
  if (address === 'own') return true;
  const url = typeof address === 'string' && URL.canParse(address) ? new URL(address) : undefined;
  return url !== undefined && url.protocol === 'https:' && url.origin === address
    ? true
    : 'The address is "own", or like https://api.example.com: with https, and nothing behind the host.';
}

/** @throws Error that names the answer and the way out */
export function parseAnswers(given: Readonly<Record<string, unknown>>): Answers {
  const { id, name, credential, streams, address } = given;
  for (const verdict of [judgeId(id), judgeName(name), judgeAddress(address)]) if (verdict !== true) throw new Error(verdict);
  const kind = CREDENTIALS.find((candidate) => candidate === credential);
  if (kind === undefined) throw new Error(`The kind of credential is one of: ${CREDENTIALS.join(', ')}.`);
  const chosen = STREAMS.filter((stream) => Array.isArray(streams) && streams.includes(stream));
  if (chosen.length === 0) throw new Error(`Choose at least one stream of: ${STREAMS.join(', ')}.`);
  // Members are listed group by group.
  const needed = chosen.includes('memberships')
    ? STREAMS.filter((stream) => stream === 'groups' || chosen.includes(stream))
    : chosen;
  const origin = address === 'own' ? {} : { origin: String(address) };
  return { id: String(id), name: String(name), credential: kind, streams: needed, ...origin };
}

/** `AcmeDirectory`: for names of classes. */
export function classPrefix(id: string): string {
  return id
    .split('-')
    .map((part) => `${part.slice(0, 1).toUpperCase()}${part.slice(1)}`)
    .join('');
}
