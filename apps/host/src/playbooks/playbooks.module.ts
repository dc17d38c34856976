import type { Logger } from '@castellan/connector-sdk';
import { type DynamicModule, Module } from '@nestjs/common';
import { ActionSteps } from './action-steps.js';
import { PlaybookBook } from './playbook-book.js';
import { PlaybookStarts } from './playbook-starts.js';
import { PlaybookTicks } from './playbook-ticks.js';
import { PLAYBOOK_LOG, PlaybookWork } from './playbook-work.js';
import { PlaybookRunsController } from './playbook-runs.controller.js';
import { PlaybooksController } from './playbooks.controller.js';
import { RunEnds } from './run-ends.js';
import { Simulation } from './simulation.js';

@Module({})
export class PlaybooksModule {
  static register(log: Logger): DynamicModule {
    return {
      module: PlaybooksModule,
      controllers: [PlaybooksController, PlaybookRunsController],
      providers: [
        { provide: PLAYBOOK_LOG, useValue: log },
        PlaybookBook,
        RunEnds,
        ActionSteps,
        PlaybookStarts,
        PlaybookWork,
        PlaybookTicks,
        Simulation,
      ],
    };
  }
}
