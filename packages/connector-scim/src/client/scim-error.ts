import {
  AuthError,
  type ConnectorError,
  type ConnectorErrorInit,
  type HttpResponse,
  PermissionError,
  UpstreamError,
} from '@castellan/connector-sdk';
import type { ScimAuth } from '../config/scim-auth.js';
import { listIn, textIn } from '../map/member.js';

const ERROR_SCHEMA = 'urn:ietf:params:scim:api:messages:2.0:error';

/** The service knows who asks and does not do it: asking again gives the same answer, and nothing is down. */
export class RefusedError extends UpstreamError {
  readonly status: number;
  /** The service's word for what is wrong (RFC 7644, table 9; RFC 9865), in lower case. */
  readonly scimType: string | undefined;

  constructor(init: ConnectorErrorInit & { readonly status: number; readonly scimType: string | undefined }) {
    super(init);
    this.status = init.status;
    this.scimType = init.scimType;
  }

  /** The service does not know such a thing, or does not do it at all. */
  get isNotOffered(): boolean {
    return [404, 405, 410, 501].includes(this.status);
  }

  /** It stumbled over how it was asked, so that another way of asking may do. */
  get isMisunderstanding(): boolean {
    return [400, 422, 501].includes(this.status);
  }

  /** The page would be too large for it. */
  get isTooMuch(): boolean {
    return this.status === 413 || (this.status === 400 && (this.scimType === 'toomany' || this.scimType === 'invalidcount'));
  }

  /** It does not know the place any more at which a list is to go on. */
  get isLostCursor(): boolean {
    const said = this.scimType === 'invalidcursor' || this.scimType === 'expiredcursor';
    return said || this.status === 410 || (this.status === 400 && /cursor/i.test(this.detail ?? ''));
  }
}

export interface Asked {
  readonly host: string;
  /** What was asked for, for people: `Users`. */
  readonly what: string;
  readonly auth: ScimAuth;
  /** To change something, and not to show it. */
  readonly isChange: boolean;
  /** What was sent and must not be quoted. */
  readonly secrets: readonly string[];
}

/** Source: RFC 7644, section 3.12; RFC 9865. What the customer can do about each. */
const MEANINGS: Readonly<Record<string, string>> = {
  invalidfilter: 'does not understand the filter that it was given',
  toomany: 'finds the answer too large, however few it is asked for',
  invalidcount: 'does not accept the size of a page, however few it is asked for',
  invalidcursor: 'does not know the place any more at which the last run stopped',
  expiredcursor: 'does not know the place any more at which the last run stopped',
  mutability: 'does not let that be changed',
  invalidpath: 'does not know the attribute that was to be changed',
  notarget: 'does not find what was to be changed',
  invalidvalue: 'does not accept the value',
  invalidsyntax: 'does not understand the request',
  sensitive: 'wants the request in another form, since it could show personal data',
};

/** What a refusal means. The service's own words go to the operator's detail only. */
export function refusalOf(response: HttpResponse, asked: Asked): ConnectorError {
  const { status, body } = response;
  const { host, what, isChange } = asked;
  const scimType = textIn(body, 'scimType')?.slice(0, 40).toLowerCase();
  const said = textIn(body, 'detail') ?? (typeof body === 'string' ? 'not JSON' : 'no detail');
  const detail = `${status} ${scimType ?? 'no scimType'} for ${what}: ${quoted(said, asked.secrets)}`;
  if (status === 401) return unauthorized(asked, detail);
  if (status === 403) return forbidden(asked, detail);
  const refused = (message: string): RefusedError => new RefusedError({ message, detail, status, scimType });
  const meaning = scimType !== undefined && Object.hasOwn(MEANINGS, scimType) ? MEANINGS[scimType] : undefined;
  if (meaning !== undefined) return refused(`${host} ${meaning} (${what}).`);
  if (status === 404 && isChange) return refused(`${host} does not find what was to be changed (${what}, status 404).`);
  if (status === 404) return refused(`${host} has no ${what} at the base URL. Check the base URL in the settings.`);
  if ([405, 410, 501].includes(status))
    return refused(`${host} does not offer ${isChange ? 'to change ' : ''}${what} (status ${status}).`);
  return refused(`${host} answered with status ${status} when asked ${isChange ? 'to change' : 'for'} ${what}.`);
}

/** The service's own words, but for those that repeat what it was sent: proxies and debug modes do that. */
export function quoted(text: string, secrets: readonly string[]): string {
  const repeats = secrets.some((secret) => text.includes(secret) || text.includes(encodeURIComponent(secret)));
  return repeats ? '[repeats the request]' : text.slice(0, 300);
}

/** The status of an error that came with status 200: some gateways answer everything so. */
export function hiddenStatus(body: unknown): number | undefined {
  const isError = listIn(body, 'schemas').some((schema) => typeof schema === 'string' && schema.toLowerCase() === ERROR_SCHEMA);
  if (!isError) return undefined;
  const status = Number(textIn(body, 'status') ?? Number.NaN);
  return Number.isInteger(status) && status >= 400 && status < 600 ? status : 500;
}

function unauthorized({ host, auth }: Asked, detail: string): AuthError {
  switch (auth.method) {
    case 'bearer':
      return new AuthError({
        message: `${host} does not accept the token. It is wrong, has expired or was revoked. Make a new one there and enter it here.`,
        field: 'auth.token',
        detail,
      });
    case 'basic':
      return new AuthError({
        message: `${host} does not accept the user name and password. Check both, and that the service lets programs sign in with them.`,
        field: 'auth.password',
        detail,
      });
    case 'oauth':
      return new AuthError({
        message: `${host} does not accept the access token that was just issued. Check that the token URL belongs to this service, and the scope.`,
        field: 'auth.scope',
        detail,
      });
  }
}

function forbidden({ host, what, isChange }: Asked, detail: string): PermissionError {
  const verb = isChange ? 'change' : 'read';
  return new PermissionError({
    message: `${host} does not let this credential ${verb} ${what}. Give it that right at the service, then try again.`,
    missing: [`${verb} ${what}`],
    detail,
  });
}
