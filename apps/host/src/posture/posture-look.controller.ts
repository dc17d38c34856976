import type { LookAsked } from '@castellan/api';
import { askForLook } from '@castellan/posture';
import type { Storage } from '@castellan/storage';
import { Controller, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { AuditTrail } from '../audit/audit-trail.js';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { NoBody } from '../input/no-body.guard.js';
import { IntegrationLookup } from '../storage/integration-lookup.js';
import { STORAGE } from '../storage/storage-token.js';
import { LOOK_ANSWER } from './posture-examples.js';

/** A look that somebody asks for. */
@Controller('integrations/:id/posture')
export class PostureLookController {
  readonly #storage: Storage;
  readonly #integrations: IntegrationLookup;
  readonly #trail: AuditTrail;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(IntegrationLookup) integrations: IntegrationLookup,
    @Inject(AuditTrail) trail: AuditTrail,
  ) {
    this.#storage = storage;
    this.#integrations = integrations;
    this.#trail = trail;
  }

  @Post('look')
  @HttpCode(202)
  @UseGuards(NoBody)
  @Endpoint({
    access: 'posture:manage',
    summary: 'Have an organisation looked at again, with all checks',
    description:
      'As it was last read (a sync reads it anew), within seconds. Looks come by themselves after each sync, so nobody has to ask for one. It is over when `evaluatedAt` of the overview is later than `askedAt`; an integration that was never read is looked at after its first run.',
    answer: LOOK_ANSWER,
    problems: ['not-found'],
  })
  async look(@Asking() caller: Caller, @Param('id') id: string): Promise<LookAsked> {
    const { id: integration, name } = await this.#integrations.require(caller, id);
    const askedAt = await this.#trail.record(caller, 'posture.look', async (notes) => {
      notes.target = { kind: 'integration', id: integration, name };
      return askForLook(this.#storage.queries, integration);
    });
    return { integration, askedAt: askedAt.toISOString() };
  }
}
