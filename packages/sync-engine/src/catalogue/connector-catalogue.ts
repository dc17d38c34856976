import { type Connector, InternalError } from '@castellan/connector-sdk';

export type CatalogueEntry =
  | { readonly status: 'available'; readonly id: string; readonly packageName: string; readonly connector: Connector }
  /** It could not be loaded; its integrations do not run, everything else does. */
  | {
      readonly status: 'unavailable';
      readonly id: string;
      readonly packageName: string;
      readonly reason: string;
      /** What was thrown when it was imported: for people who write it. */
      readonly cause?: unknown;
    };

/** The connectors of this process. */
export class ConnectorCatalogue {
  readonly entries: readonly CatalogueEntry[];

  constructor(entries: readonly CatalogueEntry[]) {
    this.entries = entries;
  }

  find(id: string): Connector | undefined {
    const entry = this.entries.find((candidate) => candidate.id === id);
    return entry?.status === 'available' ? entry.connector : undefined;
  }

  /** @throws InternalError that says why, when the connector is unknown or could not be loaded. */
  get(id: string): Connector {
    const entry = this.entries.find((candidate) => candidate.id === id);
    if (entry === undefined) throw new InternalError({ message: `There is no connector "${id}" in this installation.` });
    if (entry.status === 'unavailable')
      throw new InternalError({ message: `The connector "${id}" is not available: ${entry.reason}` });
    return entry.connector;
  }
}
