import type { Json, RefreshMessage, Scope, SourceRecord } from '@castellan/connector-sdk';
import { connector } from '../../src/index.js';
import type { TinyHost } from './tiny-host.js';

/** One refresh, its pages put together. Nothing is stored. */
export function refreshOnce(host: TinyHost, stream: string, scopes: readonly Scope[], state?: Json): Promise<RefreshMessage> {
  return host.as(async (context, synced) => {
    const pages: RefreshMessage[] = [];
    for await (const page of connector.refresh({ ...context, stream, scopes, state, synced })) pages.push(page);
    return {
      records: pages.flatMap((page) => page.records),
      complete: pages.flatMap((page) => page.complete),
      settled: pages.flatMap((page) => page.settled),
      unread: pages.flatMap((page) => page.unread),
      rejected: pages.flatMap((page) => page.rejected),
      stale: pages.flatMap((page) => page.stale),
    };
  });
}

/** Makes rows known to the host. */
export function know(host: TinyHost, ...records: readonly SourceRecord[]): void {
  for (const record of records) {
    const rows = host.rows.get(record.kind) ?? new Map<string, SourceRecord>();
    host.rows.set(record.kind, rows.set(record.key, record));
  }
}
