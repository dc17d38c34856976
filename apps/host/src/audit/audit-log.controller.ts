import type { AuditEntryView, Page } from '@castellan/api';
import type { AuditEntry, Storage } from '@castellan/storage';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { Examples, freeForm } from '../docs/examples.js';
import { InputPipe } from '../input/input-pipe.js';
import { readCursor, readLimit, writeCursor } from '../input/page-query.js';
import { STORAGE } from '../storage/storage-token.js';
import { AuditQuery } from './audit-query.js';

export type AuditLogPage = Page<AuditEntryView>;

const ENTRY: AuditEntryView = {
  seq: 42,
  at: '2026-11-26T09:30:00.000Z',
  actor: { kind: 'user', id: '7f0c1a52-3b0e-4c55-9d6e-0f5f0a3f8c11', name: 'Ada Lovelace' },
  address: '192.0.2.7',
  action: 'user.update',
  outcome: 'done',
  target: { kind: 'user', id: 'c1f5b1de-54c4-4d2b-8b6b-6a8f6f0b8f0e', name: 'Bo Lindqvist' },
  before: freeForm({ role: 'viewer' }),
  after: freeForm({ role: 'analyst' }),
};
/** Somebody at the door, and what the host does by itself. */
const OTHERS: readonly AuditEntryView[] = [
  { ...ENTRY, actor: { kind: 'anonymous', id: null, name: '' }, outcome: 'refused', target: null, before: null, after: null },
  { ...ENTRY, actor: { kind: 'host', id: null, name: 'host' }, address: null, target: { kind: 'key', id: '9b6d62501cf08ca8' } },
];
const EXAMPLE = new Examples({ example: { items: [ENTRY], next: null } }, [
  { items: OTHERS, next: 'WyJhdWRpdC1sb2ciLCI0MSJd' },
]);

/** What was done in the caller's workspace, by whom and from where. Nobody can change or remove an entry. */
@Controller('audit-log')
export class AuditLogController {
  readonly #storage: Storage;

  constructor(@Inject(STORAGE) storage: Storage) {
    this.#storage = storage;
  }

  @Get()
  @Endpoint({
    access: 'audit:read',
    summary: 'List what was done, newest first',
    description:
      'Filters may be combined: `action` (its name), `actor` (id of a user or API key), `target` (id). `seq` counts over all workspaces, so numbers may be missing in one.',
    answer: EXAMPLE,
  })
  async list(@Asking() caller: Caller, @Query(new InputPipe(AuditQuery)) query: AuditQuery): Promise<AuditLogPage> {
    const after = readCursor(query, 'audit-log', (position) => /^\d{1,15}$/.test(position));
    const { entries, next } = await this.#storage.audit.list(caller.workspaceId, {
      limit: readLimit(query, { standard: 50, largest: 200 }),
      after: after === undefined ? undefined : Number(after),
      action: query.action,
      actor: query.actor,
      target: query.target,
      withHost: caller.permissions.has('workspaces:manage'),
    });
    return { items: entries.map(entryView), next: writeCursor('audit-log', next === null ? null : String(next)) };
  }
}

function entryView({ at, target, ...rest }: AuditEntry): AuditEntryView {
  if (target === null) return { ...rest, at: at.toISOString(), target };
  const { kind, id, name } = target;
  return { ...rest, at: at.toISOString(), target: { kind, id, ...(name !== undefined && { name }) } };
}
