import type { Edited, IntegrationDetail } from '@castellan/api';
import { Body, Controller, HttpCode, Inject, Param, Patch, Post, UseGuards } from '@nestjs/common';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { CONNECTION_PROBLEMS } from '../connectors/connection-problems.js';
import { InputPipe } from '../input/input-pipe.js';
import { NoBody } from '../input/no-body.guard.js';
import type { ProblemCode } from '../problems/problem-catalogue.js';
import { Expensive } from '../throttle/expensive-work.js';
import { IntegrationEditing } from './integration-editing.js';
import { EDIT_BODY, EDITED_ANSWER, INTEGRATION_ANSWER, PAUSED_ANSWER, RECONNECT_BODY } from './integration-examples.js';
import { IntegrationEdit, ReconnectInput } from './integration-input.js';
import { IntegrationPause } from './integration-pause.js';
import { IntegrationReading } from './integration-reading.js';

const SETTINGS_PROBLEMS = [
  ...CONNECTION_PROBLEMS,
  'connection-refused',
  'connection-incomplete',
  'other-organisation',
  'changed-meanwhile',
] as const satisfies readonly ProblemCode[];

/** What can be changed of an integration that exists. */
@Controller('integrations/:id')
export class IntegrationChangesController {
  readonly #editing: IntegrationEditing;
  readonly #pause: IntegrationPause;
  readonly #reading: IntegrationReading;

  constructor(
    @Inject(IntegrationEditing) editing: IntegrationEditing,
    @Inject(IntegrationPause) pause: IntegrationPause,
    @Inject(IntegrationReading) reading: IntegrationReading,
  ) {
    this.#editing = editing;
    this.#pause = pause;
    this.#reading = reading;
  }

  @Patch()
  @Expensive()
  @Endpoint({
    access: 'integrations:manage',
    summary: 'Change name, owner, settings or schedule',
    description:
      'What is left out stays. `config` is the whole new settings, but for secrets: one that is left out stays, null clears it, placeholders are refused. An address or way to sign in that changes asks for the secrets again. New settings are tested before they are stored, end a run under way and begin another. With `revision` a change is refused when somebody else has changed the settings since.',
    body: EDIT_BODY,
    answer: EDITED_ANSWER,
    problems: [...SETTINGS_PROBLEMS, 'name-taken', 'not-an-owner', 'secrets-locked'],
  })
  async edit(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Body(new InputPipe(IntegrationEdit)) input: IntegrationEdit,
  ): Promise<IntegrationDetail & Edited> {
    const { hints } = await this.#editing.edit(caller, id, input);
    return { ...(await this.#reading.detail(caller, id)), hints };
  }

  @Post('reconnect')
  @Expensive()
  @Endpoint({
    access: 'integrations:manage',
    summary: 'Connect again with new settings: id, data and history stay',
    description: 'Everything is given anew, secrets included. Another organisation is refused.',
    body: RECONNECT_BODY,
    answer: EDITED_ANSWER,
    problems: SETTINGS_PROBLEMS,
  })
  @HttpCode(200)
  async reconnect(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Body(new InputPipe(ReconnectInput)) input: ReconnectInput,
  ): Promise<IntegrationDetail & Edited> {
    const { hints } = await this.#editing.reconnect(caller, id, input);
    return { ...(await this.#reading.detail(caller, id)), hints };
  }

  @Post('pause')
  @Endpoint({
    access: 'integrations:manage',
    summary: 'Pause: nothing is read until it is resumed',
    description: 'A sync under way is ended. What was collected stays.',
    answer: PAUSED_ANSWER,
    problems: ['not-found'],
  })
  @UseGuards(NoBody)
  @HttpCode(200)
  async pause(@Asking() caller: Caller, @Param('id') id: string): Promise<IntegrationDetail> {
    await this.#pause.pause(caller, id);
    return this.#reading.detail(caller, id);
  }

  @Post('resume')
  @Endpoint({
    access: 'integrations:manage',
    summary: 'Resume: what was due meanwhile begins at once',
    answer: INTEGRATION_ANSWER,
    problems: ['not-found'],
  })
  @UseGuards(NoBody)
  @HttpCode(200)
  async resume(@Asking() caller: Caller, @Param('id') id: string): Promise<IntegrationDetail> {
    await this.#pause.resume(caller, id);
    return this.#reading.detail(caller, id);
  }
}
