import type { CatalogueEntry } from '@castellan/sync-engine';
import { type Connector, type StreamInfo } from '@castellan/connector-sdk';
import { describeForm, type FormSchema } from '@castellan/form-schema';

/** A connector in a list. */
export interface ConnectorView {
  readonly id: string;
  readonly name: string;
  readonly status: 'available' | 'unavailable';
  /** Why it is unavailable. */
  readonly reason?: string;
  readonly capabilities: readonly string[];
  /** The permissions that it needs at the provider in any case; those of an optional pack stand with its streams. */
  readonly scopes: readonly string[];
}

export interface ConnectorDetail extends ConnectorView {
  readonly form?: FormSchema;
  readonly streams: readonly StreamInfo[];
}

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
