import type { FindingDetail } from '@castellan/api';
import type { Storage } from '@castellan/storage';
import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { InputPipe } from '../input/input-pipe.js';
import { IsReason } from '../input/is-reason.js';
import { readId } from '../input/parameters.js';
import { notFound, Problem } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';
import { FindingDetails } from './finding-details.js';
import { BY_HAND_BODY, FINDING_ANSWER } from './finding-examples.js';

class FindingByHandBody {
  @IsReason()
  readonly note!: string;
}

/** What somebody has mended in the provider's own console. */
@Controller('findings/:id/by-hand')
export class FindingByHandController {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(AuditTrail) private readonly trail: AuditTrail,
    @Inject(FindingDetails) private readonly details: FindingDetails,
  ) {}

  @Post()
  @HttpCode(200)
  @Endpoint({
    access: 'findings:manage',
    summary: 'Say that a finding was mended by hand',
    description:
      'Of a finding of a check: the steps of the check were taken in the console of the provider; `note` says what was done, in 3 to 500 characters. Its status stays: the next look after a sync resolves it, or says in its history that it is there still (`byHand.seen`).',
    body: BY_HAND_BODY,
    answer: FINDING_ANSWER,
    problems: ['not-found', 'finding-not-by-hand'],
  })
  async say(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Body(new InputPipe(FindingByHandBody)) { note: said }: FindingByHandBody,
  ): Promise<FindingDetail> {
    const { kind, id: by, name, workspaceId } = caller;
    const findingId = readId(id, 'id', 'finding');
    if ((await this.storage.findings.find(workspaceId, findingId)) === undefined) throw notFound('id', 'finding with this id');
    const note = said.trim();
    await this.trail.record(caller, 'finding.by-hand', async (notes) => {
      const actor = { kind, id: by, name };
      const changed = await this.storage.findingChanges.apply(
        workspaceId,
        { ids: [findingId] },
        { do: 'by_hand', note },
        actor,
      );
      if (changed === 0) throw new Problem({ code: 'finding-not-by-hand', detail: 'It is resolved, or a rule has found it.' });
      notes.target = { kind: 'finding', id: findingId };
      notes.after = { note };
    });
    return this.details.of(workspaceId, findingId);
  }
}
