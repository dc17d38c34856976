import type { DetectionListView } from '@castellan/api';
import { listView } from '@castellan/incidents';
import {
  detectionList,
  DetectionListLimitError,
  detectionLists,
  type ListName,
  oneAtATime,
  removeDetectionList,
  saveDetectionList,
  type Storage,
  type StoredList,
} from '@castellan/storage';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Put, UseGuards } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { InputPipe } from '../input/input-pipe.js';
import { NoBody } from '../input/no-body.guard.js';
import { notFound, Problem } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';
import { DetectionListBody, readEntries, readListName } from './detection-list-input.js';
import { LIST_ANSWER, LIST_BODY, LISTS_ANSWER } from './detection-list-examples.js';

const PLACE = {
  kind: '`own_network`, `threat`: addresses and ranges. `break_glass`: logins of accounts for emergencies. `placeholder`: what `%NAME%` stands for in rules.',
  name: 'Of the list; of a placeholder what stands between the %.',
};

/** What a workspace tells its rules of addresses and accounts. */
@Controller('detection/lists')
export class DetectionListsController {
  readonly #storage: Storage;
  readonly #trail: AuditTrail;

  constructor(@Inject(STORAGE) storage: Storage, @Inject(AuditTrail) trail: AuditTrail) {
    this.#storage = storage;
    this.#trail = trail;
  }

  @Get()
  @Endpoint({
    access: 'findings:read',
    summary: 'List what the rules were told of addresses and accounts',
    description: 'By kind and name, with all entries.',
    answer: LISTS_ANSWER,
  })
  async list(@Asking() { workspaceId }: Caller): Promise<{ readonly items: readonly DetectionListView[] }> {
    return { items: (await detectionLists(this.#storage.queries, workspaceId)).map(listView) };
  }

  @Put(':kind/:name')
  @Endpoint({
    access: 'detection:manage',
    summary: 'Make a list, or replace what is in it',
    description:
      'From the next event on. A line each; of addresses what stands behind `#` or `;` is left out. `own_network` says `x.ip.isKnown`, `threat` `x.ip.isListed` and `x.ip.lists`, `break_glass` `x.actor.isBreakGlass`. At most 100,000 entries, 50 lists, and 300,000 entries in all of them.',
    parameters: PLACE,
    body: LIST_BODY,
    answer: LIST_ANSWER,
    problems: ['not-found', 'too-many-lists'],
  })
  async replace(
    @Asking() caller: Caller,
    @Param('kind') kind: string,
    @Param('name') name: string,
    @Body(new InputPipe(DetectionListBody)) body: DetectionListBody,
  ): Promise<DetectionListView> {
    const list = readListName(kind, name);
    const entries = readEntries(list, body.entries);
    return this.#trail.record(caller, 'detection-list.set', async (notes) => {
      const before = await this.#locked(caller, list);
      notes.target = targetOf(list);
      if (before !== undefined) notes.before = noted(before);
      await this.#save(caller, list, entries);
      notes.after = noted({ ...list, entries });
      return listView(await this.#saved(caller, list));
    });
  }

  @Delete(':kind/:name')
  @Endpoint({
    access: 'detection:manage',
    summary: 'Delete a list',
    parameters: PLACE,
    problems: ['not-found'],
  })
  @UseGuards(NoBody)
  @HttpCode(204)
  async remove(@Asking() caller: Caller, @Param('kind') kind: string, @Param('name') name: string): Promise<void> {
    const list = readListName(kind, name);
    await this.#trail.record(caller, 'detection-list.delete', async (notes) => {
      const before = await this.#locked(caller, list);
      if (before === undefined) throw notFound('name', 'list with this name');
      notes.target = targetOf(list);
      notes.before = noted(before);
      await removeDetectionList(this.#storage.queries, caller.workspaceId, list);
    });
  }

  async #locked({ workspaceId }: Caller, list: ListName): Promise<StoredList | undefined> {
    await oneAtATime(this.#storage.queries, workspaceId);
    return detectionList(this.#storage.queries, workspaceId, list);
  }

  /** @throws Problem (409) */
  async #save({ kind, id, name, workspaceId }: Caller, list: ListName, entries: readonly string[]): Promise<void> {
    try {
      await saveDetectionList(this.#storage.queries, workspaceId, list, entries, { kind, id, name });
    } catch (error) {
      if (!(error instanceof DetectionListLimitError)) throw error;
      throw new Problem({ code: 'too-many-lists', detail: error.message });
    }
  }

  async #saved({ workspaceId }: Caller, list: ListName): Promise<StoredList> {
    const saved = await detectionList(this.#storage.queries, workspaceId, list);
    if (saved === undefined) throw new Error('A list that was saved is not there.');
    return saved;
  }
}

function targetOf({ kind, name }: ListName) {
  return { kind: 'detection_list', id: `${kind} ${name}`, name };
}

/** Which accounts are kept for emergencies need not stand in the audit log, nor 100,000 addresses. */
function noted({ kind, name, entries }: ListName & { readonly entries: readonly string[] }) {
  return { kind, name, entries: entries.length };
}
