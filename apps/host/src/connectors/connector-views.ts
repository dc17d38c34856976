import type { ConnectorDetail, ConnectorView } from '@castellan/api';
import type { CatalogueEntry } from '@castellan/sync-engine';
import { type Connector } from '@castellan/connector-sdk';
import { describeForm } from '@castellan/form-schema';

export function connectorView(entry: CatalogueEntry): ConnectorView {
  const { id } = entry;
  if (entry.status === 'unavailable')
    return { id, name: id, status: entry.status, reason: entry.reason, capabilities: [], kinds: [], scopes: [] };
  const { displayName, capabilities } = entry.connector;
  const always = alwaysRead(entry.connector);
  const kinds = [...new Set(always.map(({ kind }) => kind))];
  const scopes = [...new Set(always.flatMap(({ requires }) => requires))].toSorted();
  return { id, name: displayName, status: entry.status, capabilities, kinds, scopes };
}

export function connectorDetail(entry: CatalogueEntry): ConnectorDetail {
  if (entry.status === 'unavailable') return { ...connectorView(entry), streams: [], makesKeys: false };
  const { config, streams, makeKeyPair } = entry.connector;
  return { ...connectorView(entry), form: describeForm(config), streams, makesKeys: makeKeyPair !== undefined };
}

/** Those of an optional pack are read only where somebody has asked for it. */
function alwaysRead({ streams }: Connector): Connector['streams'] {
  return streams.filter(({ pack }) => pack === undefined);
}
