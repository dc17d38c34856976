import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { IntegrationLookup } from '../storage/integration-lookup.js';
import { ProgressStreams } from './progress-streams.js';

const DESCRIPTION =
  'An event stream (text/event-stream). `integration` carries all that is known of one integration at that moment, `removed` ' +
  'the id of one that is gone, `present` the ids of all when the stream begins, `end` why it is over for good (`signed_out`, `removed`). ' +
  'Send the last `id` as `Last-Event-ID` to be sent only what has changed since.';

@Controller()
export class ProgressController {
  readonly #streams: ProgressStreams;
  readonly #lookup: IntegrationLookup;

  constructor(@Inject(ProgressStreams) streams: ProgressStreams, @Inject(IntegrationLookup) lookup: IntegrationLookup) {
    this.#streams = streams;
    this.#lookup = lookup;
  }

  @Get('progress')
  @Endpoint({
    access: 'integrations:read',
    summary: 'Watch the progress of all integrations',
    description: DESCRIPTION,
    media: 'text/event-stream',
    problems: ['too-many-streams', 'busy'],
  })
  all(@Asking() caller: Caller, @Req() request: Request, @Res() response: Response): void {
    this.#streams.open(caller, request, response);
  }

  @Get('integrations/:id/progress')
  @Endpoint({
    access: 'integrations:read',
    summary: 'Watch the progress of one integration',
    description: DESCRIPTION,
    media: 'text/event-stream',
    problems: ['not-found', 'too-many-streams', 'busy'],
  })
  async one(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const integration = await this.#lookup.require(caller, id);
    this.#streams.open(caller, request, response, integration.id);
  }
}
