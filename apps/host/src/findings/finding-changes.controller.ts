import type { FindingsChanged } from '@castellan/api';
import { MOST_FINDINGS_AT_ONCE } from '@castellan/storage';
import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { InputPipe } from '../input/input-pipe.js';
import { FindingsChangeBody } from './finding-change-input.js';
import { FindingChanging } from './finding-changing.js';
import { CHANGE_BODY, CHANGED_ANSWER } from './finding-examples.js';

/** What people do with findings. */
@Controller('findings/changes')
export class FindingChangesController {
  readonly #changing: FindingChanging;

  constructor(@Inject(FindingChanging) changing: FindingChanging) {
    this.#changing = changing;
  }

  @Post()
  @HttpCode(200)
  @Endpoint({
    access: 'findings:manage',
    summary: 'Acknowledge, except, assign or comment on findings',
    description:
      `Of those in \`ids\`, or of all that match \`where\` (as in \`GET /api/findings\`; without a status those that are to be worked through, and for \`end_exception\` those that are excepted): all or none, ${MOST_FINDINGS_AT_ONCE} at most. ` +
      '`do`: `acknowledge`, `unacknowledge`, `except` (`until` an instant at most two years from now, `reason` 3 to 500 characters), `end_exception`, `assign` (`owner` the id of a user, or null), `comment` (`text` of at most 4000 characters). ' +
      'What is so already, or cannot be (a resolved one cannot be acknowledged), is left alone and not counted. Nobody resolves a finding by hand: the next look does, once its evidence is gone.',
    body: CHANGE_BODY,
    answer: CHANGED_ANSWER,
    problems: ['not-found', 'not-an-owner', 'too-many-findings'],
  })
  async change(
    @Asking() caller: Caller,
    @Body(new InputPipe(FindingsChangeBody)) body: FindingsChangeBody,
  ): Promise<FindingsChanged> {
    return { changed: await this.#changing.change(caller, body) };
  }
}
