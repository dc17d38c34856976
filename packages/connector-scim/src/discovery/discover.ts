import { type ConnectionMemory, MemorySlot } from '@castellan/connector-sdk';
import { countIn, flagIn, memberOf } from '../map/member.js';
import { resourcesIn, typesIn } from './resource-types.js';
import { secretAttributesIn } from './secret-attributes.js';
import type { Service } from './service.js';

/** A document of the service, or why there is none. @throws ConnectorError for what concerns more than the document. */
export type ReadDocument = (path: string) => Promise<{ readonly body: unknown } | { readonly missing: string }>;

/** Asks the service what it is and can do (RFC 7644, section 4). What it does not say is assumed to be the usual. */
export async function discover(read: ReadDocument, baseUrl: string): Promise<Service> {
  const paths = ['/ServiceProviderConfig', '/ResourceTypes', '/Schemas'] as const;
  const [config, types, schemas] = await Promise.all(paths.map(read));
  const untold = [config, types, schemas].flatMap((document, at) =>
    document !== undefined && 'missing' in document ? [`${paths[at] ?? ''} is not told (${document.missing}).`] : [],
  );
  const [about] = resourcesIn(bodyOf(config));
  const paging = memberOf(about, 'pagination');
  const filter = memberOf(about, 'filter');
  return {
    ...typesIn(bodyOf(types), baseUrl),
    filter: flagIn(filter, 'supported') ?? null,
    patch: flagIn(memberOf(about, 'patch'), 'supported') ?? null,
    sort: flagIn(memberOf(about, 'sort'), 'supported') ?? null,
    index: flagIn(paging, 'index') ?? null,
    cursor: flagIn(paging, 'cursor') ?? null,
    mostResults: smallest(countIn(filter, 'maxResults'), countIn(paging, 'maxPageSize')),
    secretAttributes: secretAttributesIn(bodyOf(schemas)),
    untold,
  };
}

function bodyOf(document: Awaited<ReturnType<ReadDocument>> | undefined): unknown {
  return document !== undefined && 'body' in document ? document.body : undefined;
}

/** 0 stands for "no limit" at some services, and would ask for nothing at all. */
function smallest(...counts: readonly (number | undefined)[]): number | null {
  const told = counts.filter((count) => count !== undefined && count > 0);
  return told.length === 0 ? null : Math.min(...told.map(Number));
}

/** How long what a service says about itself is believed, in milliseconds. */
const GOOD_FOR_MS = 60 * 60_000;

interface KeptService {
  readonly service: Service;
  /** Milliseconds since 1970, on our clock. */
  readonly at: number;
}
const KEPT_SERVICE = new MemorySlot<KeptService>('scim service');

/** What an earlier run was told: a poll must not ask three questions before its own. */
export function recallService(memory: ConnectionMemory, now: Date): Service | undefined {
  const kept = memory.recall(KEPT_SERVICE);
  const age = kept === undefined ? Number.POSITIVE_INFINITY : now.getTime() - kept.at;
  return age >= 0 && age < GOOD_FOR_MS ? kept?.service : undefined;
}

export function keepService(memory: ConnectionMemory, service: Service, now: Date): void {
  memory.keep(KEPT_SERVICE, { service, at: now.getTime() });
}
