import { Body, Controller, HttpCode, Inject, Param, Patch, Post, UseGuards } from '@nestjs/common';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { InputPipe } from '../input/input-pipe.js';
import { NoBody } from '../input/no-body.guard.js';
import { type Edited, IntegrationEditing } from './integration-editing.js';
import { DETAIL_EXAMPLE, EDITED_CONFIG_EXAMPLE, EDITED_EXAMPLE, NEW_CONFIG_EXAMPLE } from './integration-examples.js';
import { IntegrationEdit, ReconnectInput } from './integration-input.js';
import { IntegrationPause } from './integration-pause.js';
import { IntegrationReading } from './integration-reading.js';
import type { IntegrationDetail } from './integration-views.js';

const SETTINGS_PROBLEMS = [
  'not-found',
  'invalid-config',
  'connection-refused',
  'connection-incomplete',
  'connection-timeout',
  'connector-unavailable',
  'other-organisation',
  'changed-meanwhile',
];

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
  @Endpoint({
    access: 'integrations:manage',
    summary: 'Change name, owner, settings or schedule',
    description:
      'What is left out stays. `config` is the whole new settings, but for secrets: one that is left out stays, null clears it, placeholders are refused. An address or way to sign in that changes asks for the secrets again. New settings are tested before they are stored, end a run under way and begin another. With `revision` a change is refused when somebody else has changed the settings since.',
    body: {
      name: 'Okta of Acme',
      owner: '8b0f6e1c-93d4-4a55-8a6c-2f1f3c9d7e20',
      config: EDITED_CONFIG_EXAMPLE,
      schedule: { everySeconds: 43_200, pollSeconds: 30 },
      acceptIncomplete: false,
      revision: 1,
    },
    answer: EDITED_EXAMPLE,
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
  @Endpoint({
    access: 'integrations:manage',
    summary: 'Connect again with new settings: id, data and history stay',
    description: 'Everything is given anew, secrets included. Another organisation is refused.',
    body: { config: NEW_CONFIG_EXAMPLE, acceptIncomplete: false },
    answer: EDITED_EXAMPLE,
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
    answer: {
      ...DETAIL_EXAMPLE,
      paused: true,
      nextRunAt: null,
      status: { state: 'paused', message: 'Paused: nothing is read until it is resumed.', next: { action: 'resume' } },
    },
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
    answer: DETAIL_EXAMPLE,
    problems: ['not-found'],
  })
  @UseGuards(NoBody)
  @HttpCode(200)
  async resume(@Asking() caller: Caller, @Param('id') id: string): Promise<IntegrationDetail> {
    await this.#pause.resume(caller, id);
    return this.#reading.detail(caller, id);
  }
}
