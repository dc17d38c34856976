import type { FindingChangeInput, FindingsChangeInput } from '@castellan/api';
import { type FindingChange, type FindingConditions, type Storage, TooManyFindingsError } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import type { Caller } from '../callers/caller.js';
import { InputPipe } from '../input/input-pipe.js';
import { invalidRequest, Problem } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';
import { possibleOwner } from './possible-owner.js';
import { type FindingsChangeBody, readChange } from './finding-change-input.js';
import { FindingsConditions } from './findings-query.js';
import { KnownRules } from './known-rules.js';
import { readFindingConditions, TO_WORK_THROUGH } from './read-findings-query.js';

const WHERE = new InputPipe(FindingsConditions, 'where');

/** As the audit log names what was done. */
const ACTIONS = {
  acknowledge: 'finding.acknowledge',
  unacknowledge: 'finding.unacknowledge',
  except: 'finding.except',
  end_exception: 'finding.end-exception',
  assign: 'finding.assign',
  comment: 'finding.comment',
} as const satisfies Record<FindingChangeInput['do'], `finding.${string}`>;

/** What people do with findings, one or many at once, with its row in the audit log. */
@Injectable()
export class FindingChanging {
  readonly #storage: Storage;
  readonly #trail: AuditTrail;
  readonly #rules: KnownRules;

  constructor(@Inject(STORAGE) storage: Storage, @Inject(AuditTrail) trail: AuditTrail, @Inject(KnownRules) rules: KnownRules) {
    this.#storage = storage;
    this.#trail = trail;
    this.#rules = rules;
  }

  /** @returns how many were changed @throws Problem */
  async change(caller: Caller, body: FindingsChangeBody): Promise<number> {
    const input = await readChange(body.change);
    const conditions = await this.#conditions(caller, body, input);
    const { kind, id, name, workspaceId } = caller;
    return this.#trail.record(caller, ACTIONS[input.do], async (notes) => {
      const change = await this.#changeOf(caller, input);
      const changed = await this.#apply(workspaceId, conditions, change, { kind, id, name });
      notes.isUnchanged = changed === 0;
      const [only, ...others] = body.ids ?? [];
      if (only !== undefined && others.length === 0) notes.target = { kind: 'finding', id: only };
      const which: Pick<FindingsChangeInput, 'ids'> & { readonly where?: unknown } = {
        ...(body.ids !== undefined && { ids: body.ids }),
        ...(body.where !== undefined && { where: body.where }),
      };
      notes.after = { ...input, changed, ...which };
      return changed;
    });
  }

  async #conditions(caller: Caller, { ids, where }: FindingsChangeBody, input: FindingChangeInput): Promise<FindingConditions> {
    if ((ids === undefined) === (where === undefined)) {
      const message = 'Exactly one of `ids` and `where` says which findings are changed.';
      throw invalidRequest([{ field: ids === undefined ? 'ids' : 'where', message }]);
    }
    if (ids !== undefined) return { ids };
    const byDefault = input.do === 'end_exception' ? (['excepted'] as const) : TO_WORK_THROUGH;
    const sources = { storage: this.#storage, rules: this.#rules };
    return readFindingConditions(sources, caller, await WHERE.transform(where), { byDefault, path: 'where.' });
  }

  async #changeOf({ workspaceId }: Caller, input: FindingChangeInput): Promise<FindingChange> {
    switch (input.do) {
      case 'except':
        return { do: 'except', until: new Date(input.until), reason: input.reason };
      case 'assign': {
        if (input.owner === null) return { do: 'assign', ownerId: null, ownerName: null };
        const { id, name } = await possibleOwner(this.#storage, workspaceId, input.owner);
        return { do: 'assign', ownerId: id, ownerName: name };
      }
      case 'comment':
        return { do: 'comment', text: input.text };
      default:
        return { do: input.do };
    }
  }

  async #apply(...change: Parameters<Storage['findingChanges']['apply']>): Promise<number> {
    try {
      return await this.#storage.findingChanges.apply(...change);
    } catch (error) {
      if (!(error instanceof TooManyFindingsError)) throw error;
      throw new Problem({ code: 'too-many-findings', detail: error.message });
    }
  }
}
