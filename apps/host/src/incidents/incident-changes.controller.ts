import type { IncidentChangeInput, IncidentsChanged } from '@castellan/api';
import type { IncidentChange, Storage } from '@castellan/storage';
import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { possibleOwner } from '../findings/possible-owner.js';
import { InputPipe } from '../input/input-pipe.js';
import { STORAGE } from '../storage/storage-token.js';
import { IncidentsChangeBody, readIncidentChange } from './incident-change-input.js';
import { INCIDENTS_CHANGE_BODY, INCIDENTS_CHANGED } from './incident-examples.js';

/** As the audit log names what was done. */
const ACTIONS = {
  acknowledge: 'incident.acknowledge',
  unacknowledge: 'incident.unacknowledge',
  reopen: 'incident.reopen',
  close: 'incident.close',
  assign: 'incident.assign',
  comment: 'incident.comment',
} as const satisfies Record<IncidentChangeInput['do'], `incident.${string}`>;

/** What people do with incidents. */
@Controller('incidents/changes')
export class IncidentChangesController {
  readonly #storage: Storage;
  readonly #trail: AuditTrail;

  constructor(@Inject(STORAGE) storage: Storage, @Inject(AuditTrail) trail: AuditTrail) {
    this.#storage = storage;
    this.#trail = trail;
  }

  @Post()
  @HttpCode(200)
  @Endpoint({
    access: 'findings:manage',
    summary: 'Acknowledge, close, reopen, assign or comment on incidents',
    description:
      '`do`: `acknowledge`, `unacknowledge`, `close` (`verdict`: `attack`, `benign`, `test` or `false_alarm`; `reason` 3 to 500 characters), `reopen`, `assign` (`owner` the id of a user, or null), `comment` (`text` of at most 4000 characters). ' +
      'Its findings go with it: those of a closed incident are resolved, and open again when more of the same happens. What is so already, or cannot be, is left alone and not counted.',
    body: INCIDENTS_CHANGE_BODY,
    answer: INCIDENTS_CHANGED,
    problems: ['not-found', 'not-an-owner'],
  })
  async change(
    @Asking() caller: Caller,
    @Body(new InputPipe(IncidentsChangeBody)) body: IncidentsChangeBody,
  ): Promise<IncidentsChanged> {
    const input = await readIncidentChange(body.change);
    const { kind, id, name, workspaceId } = caller;
    const changed = await this.#trail.record(caller, ACTIONS[input.do], async (notes) => {
      const change = await this.#changeOf(workspaceId, input);
      const count = await this.#storage.incidentChanges.apply(workspaceId, body.ids, change, { kind, id, name });
      notes.isUnchanged = count === 0;
      const [only, ...others] = body.ids;
      if (only !== undefined && others.length === 0) notes.target = { kind: 'incident', id: only };
      notes.after = { ...input, changed: count, ids: body.ids };
      return count;
    });
    return { changed };
  }

  async #changeOf(workspaceId: string, input: IncidentChangeInput): Promise<IncidentChange> {
    if (input.do !== 'assign') return input;
    if (input.owner === null) return { do: 'assign', ownerId: null, ownerName: null };
    const { id, name } = await possibleOwner(this.#storage, workspaceId, input.owner);
    return { do: 'assign', ownerId: id, ownerName: name };
  }
}
