import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Connector, SDK_VERSION } from '@castellan/connector-sdk';
import { satisfies } from 'semver';
import { type CatalogueEntry, ConnectorCatalogue } from './connector-catalogue.js';

/** A connector built against this SDK or a compatible one. Below 1.0 every minor version may break. */
const SDK_RANGE = `^${SDK_VERSION}`;

/**
 * Finds the connectors among an application's own dependencies: packages whose package.json says
 * `"castellan": { "role": "connector", "id": "acme" }`. Node resolves and imports them by name.
 * @param manifest the application's package.json
 * @param strict throw for a broken connector instead of setting it aside (development, CI)
 */
export async function loadConnectors(manifest: URL, { strict = false } = {}): Promise<ConnectorCatalogue> {
  const entries: CatalogueEntry[] = [];
  for (const { id, packageName } of await findMarked(manifest, 'connector')) {
    const entry = await loadOne(manifest, id, packageName, entries);
    if (strict && entry.status === 'unavailable') {
      const { reason, cause } = entry;
      throw new Error(`Connector ${packageName} cannot be used: ${reason}`, cause === undefined ? {} : { cause });
    }
    entries.push(entry);
  }
  return new ConnectorCatalogue(entries);
}

export interface MarkedPackage {
  readonly id: string;
  readonly packageName: string;
}

/** The dependencies of `manifest` that carry the given role in their package.json. */
export async function findMarked(manifest: URL, role: string): Promise<readonly MarkedPackage[]> {
  const resolver = createRequire(manifest);
  const found: MarkedPackage[] = [];
  const own = asObject(JSON.parse(await readFile(manifest, 'utf8')));
  for (const packageName of Object.keys(asObject(own['dependencies']))) {
    const marker = asObject(asObject(await readManifest(resolver, packageName))['castellan']);
    if (marker['role'] === role && typeof marker['id'] === 'string') found.push({ id: marker['id'], packageName });
  }
  return found;
}

/** By path and not by name: a package need not export its package.json. `undefined` when it is not installed or not readable. */
async function readManifest(resolver: NodeJS.Require, packageName: string): Promise<unknown> {
  for (const folder of resolver.resolve.paths(packageName) ?? []) {
    try {
      return JSON.parse(await readFile(join(folder, packageName, 'package.json'), 'utf8'));
    } catch {
      // Not in this folder; the next one is where Node would look, too.
    }
  }
  return undefined;
}

/** Imports a dependency of `manifest` by name, as that application would. */
export async function importFrom(manifest: URL, packageName: string): Promise<Readonly<Record<string, unknown>>> {
  const path = createRequire(manifest).resolve(packageName);
  return asObject(await import(pathToFileURL(path).href));
}

async function loadOne(
  manifest: URL,
  id: string,
  packageName: string,
  before: readonly CatalogueEntry[],
): Promise<CatalogueEntry> {
  const unavailable = (reason: string) => ({ status: 'unavailable', id, packageName, reason }) as const;
  const twin = before.find((entry) => entry.id === id);
  if (twin !== undefined) return unavailable(`${twin.packageName} has the same id "${id}".`);
  try {
    const { connector } = await importFrom(manifest, packageName);
    if (!isConnector(connector)) return unavailable('It does not export a `connector` made by defineConnector.');
    if (connector.id !== id) return unavailable(`Its package.json says id "${id}", its code "${connector.id}".`);
    if (!satisfies(connector.sdkVersion, SDK_RANGE)) {
      return unavailable(`It was built against connector-sdk ${connector.sdkVersion}; this host needs ${SDK_RANGE}.`);
    }
    return { status: 'available', id, packageName, connector };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ...unavailable(`It could not be imported: ${message}`), cause: error };
  }
}

function isConnector(value: unknown): value is Connector {
  const { id, streams, streamsOf, config, sdkVersion, validateConfig, testConnection, sync } = asObject(value);
  const verbs = [config, streamsOf, validateConfig, testConnection, sync].every((member) => typeof member === 'function');
  return verbs && typeof id === 'string' && typeof sdkVersion === 'string' && Array.isArray(streams);
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  // Any non-null object can be read by string key; a module namespace is one, too.
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
