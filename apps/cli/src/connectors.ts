import type { Connector } from '@castellan/connector-sdk';
import { findMarked, importFrom, loadConnectors } from '@castellan/sync-engine';
import { UsageError } from './exit-code.js';

/** The command line's own package.json: connectors and simulators are its dependencies with a marker, and never imported. */
const MANIFEST = new URL('../package.json', import.meta.url);

/** @throws UsageError that lists what there is. */
export async function connectorOf(id: string): Promise<Connector> {
  const catalogue = await loadConnectors(MANIFEST);
  const entry = catalogue.entries.find((candidate) => candidate.id === id);
  if (entry?.status === 'available') return entry.connector;
  if (entry !== undefined) throw new UsageError(`The connector "${id}" cannot be used: ${entry.reason}`);
  const known = catalogue.entries.map((candidate) => candidate.id).join(', ');
  throw new UsageError(`There is no connector "${id}". Connectors: ${known}.`);
}

/** Of all connectors, also of those that cannot be used. */
export async function connectorIds(): Promise<readonly string[]> {
  return (await findMarked(MANIFEST, 'connector')).map(({ id }) => id);
}

/** The module of a provider's simulator. */
export async function simulatorOf(id: string): Promise<Readonly<Record<string, unknown>>> {
  const simulators = await findMarked(MANIFEST, 'simulator');
  const found = simulators.find((simulator) => simulator.id === id);
  if (found !== undefined) return importFrom(MANIFEST, found.packageName);
  throw new UsageError(`There is no simulator "${id}". Simulators: ${simulators.map((simulator) => simulator.id).join(', ')}.`);
}
