import {
  ConfigError,
  type ConnectionMemory,
  ConnectorError,
  type HttpClient,
  type HttpResponse,
  MemorySlot,
} from '@castellan/connector-sdk';
import { OKTA_SUFFIXES } from '../config/okta-domain.js';
import { textAt } from './api-errors.js';

/** What an Okta organisation says about itself to everybody. */
export interface Organisation {
  /** `00o...`: never changes, whatever the domain does. */
  readonly id: string;
  /** `idx`: Identity Engine, `v1`: Classic; `null` when it does not say. */
  readonly engine: string | null;
  /** Its own hosts besides the one that was entered, where paging links may lead. */
  readonly linkHosts: readonly string[];
  /** Okta's clock minus ours, in milliseconds. */
  readonly clockSkewMs: number;
}

interface KeptOrganisation {
  readonly organisation: Organisation;
  /** Milliseconds since 1970, on our clock. */
  readonly askedAt: number;
}

const KEPT_ORGANISATION = new MemorySlot<KeptOrganisation>('okta organisation');
/** For so long what it said counts: a new custom domain or a clock that drifts is noticed within the hour. */
const KEPT_MS = 3_600_000;

/** What an earlier run of this process was told, not long ago. */
export function recallOrganisation(memory: ConnectionMemory, now: Date): Organisation | undefined {
  const kept = memory.recall(KEPT_ORGANISATION);
  return kept !== undefined && Math.abs(now.getTime() - kept.askedAt) < KEPT_MS ? kept.organisation : undefined;
}

export function keepOrganisation(memory: ConnectionMemory, organisation: Organisation, now: Date): void {
  memory.keep(KEPT_ORGANISATION, { organisation, askedAt: now.getTime() });
}

const WELL_KNOWN = '/.well-known/okta-organization';
/** Statuses that say "nothing of the kind here"; everything else that fails may be better in a minute. */
const NOT_OKTA: readonly number[] = [400, 401, 403, 404, 405, 406, 410, 421];

/**
 * Asks the host whether it is an Okta organisation, before any credential is sent to it.
 * Source: Okta API reference, "Retrieve the org metadata".
 * @throws ConfigError naming `domain` when it is not.
 */
export async function fetchOrganisation(http: HttpClient, origin: string, now: () => Date): Promise<Organisation> {
  const response = await ask(http, origin);
  const id = textAt(response.body, 'id');
  if (response.status >= 400 || id === undefined || id === '') throw notOkta(origin, `status ${response.status}`);
  const links: unknown =
    typeof response.body === 'object' && response.body !== null && '_links' in response.body ? response.body._links : undefined;
  return {
    id,
    engine: textAt(response.body, 'pipeline') ?? null,
    linkHosts: linkHosts(links, new URL(origin)),
    clockSkewMs: response.date === undefined ? 0 : response.date.getTime() - now().getTime(),
  };
}

async function ask(http: HttpClient, origin: string): Promise<HttpResponse> {
  try {
    return await http.send({ url: WELL_KNOWN, authorized: false, accept: NOT_OKTA });
  } catch (error) {
    // A redirect, or a page of HTML: a web site, but not an organisation.
    if (ConnectorError.is(error) && error.kind === 'upstream') throw notOkta(origin, error.detail ?? error.message, error);
    throw error;
  }
}

function notOkta(origin: string, detail: string, cause?: unknown): ConfigError {
  return new ConfigError({
    field: 'domain',
    message: `No Okta organisation answers at ${origin}. Enter the address that your people sign in at, e.g. https://acme.okta.com.`,
    detail: `${WELL_KNOWN}: ${detail}`,
    cause,
  });
}

function linkHosts(links: unknown, origin: URL): readonly string[] {
  if (typeof links !== 'object' || links === null) return [];
  const hosts = new Set<string>();
  for (const link of Object.values(links)) {
    const href = textAt(link, 'href');
    if (href === undefined || !URL.canParse(href)) continue;
    const url = new URL(href);
    if (url.protocol !== origin.protocol) continue;
    hosts.add(url.host);
    const admin = adminHost(url.hostname);
    if (admin !== undefined) hosts.add(admin);
  }
  hosts.delete(origin.host);
  return [...hosts];
}

/** Lists below `/api/v1/iam` carry links to the admin console's host, which is the same organisation. */
function adminHost(hostname: string): string | undefined {
  const suffix = OKTA_SUFFIXES.find((known) => hostname.endsWith(`.${known}`));
  if (suffix === undefined || hostname.endsWith(`-admin.${suffix}`)) return undefined;
  return `${hostname.slice(0, -suffix.length - 1)}-admin.${suffix}`;
}
