import type { ConnectorDetail, ConnectorView } from '@castellan/api';
import type { CatalogueEntry } from '@castellan/sync-engine';
import { type Connector } from '@castellan/connector-sdk';
import { describeForm } from '@castellan/form-schema';

export function connectorView(entry: CatalogueEntry): ConnectorView {
  const { id } = entry;
  if (entry.status === 'unavailable')
    return { id, name: id, status: entry.status, reason: entry.reason, capabilities: [], scopes: [] };
  const { displayName, capabilities } = entry.connector;
  return { id, name: displayName, status: entry.status, capabilities, scopes: scopesOf(entry.connector) };
}

export function connectorDetail(entry: CatalogueEntry): ConnectorDetail {
  if (entry.status === 'unavailable') return { ...connectorView(entry), streams: [] };
  return { ...connectorView(entry), form: describeForm(entry.connector.config), streams: entry.connector.streams };
}

function scopesOf(connector: Connector): readonly string[] {
  const always = connector.streams.filter((stream) => stream.pack === undefined);
  return [...new Set(always.flatMap((stream) => stream.requires))].toSorted();
}
