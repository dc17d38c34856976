import type { SchedulingLog } from '@castellan/scheduling';
import type { Storage } from '@castellan/storage';
import { type DynamicModule, Module } from '@nestjs/common';
import { CALLER_WATCH, type CallerWatch } from '../callers/caller-watch.js';
import { IntegrationReading } from '../integrations/integration-reading.js';
import { STORAGE } from '../storage/storage-token.js';
import { ProgressController } from './progress.controller.js';
import { ProgressPoll } from './progress-poll.js';
import { ProgressStreams } from './progress-streams.js';
import type { ProgressSource } from './workspace-progress.js';

@Module({})
export class ProgressModule {
  static register(log: SchedulingLog, stopping: AbortSignal): DynamicModule {
    const streams = (storage: Storage, reading: IntegrationReading, watch: CallerWatch): ProgressStreams => {
      const source: ProgressSource = {
        atOnce: (work) => storage.snapshot(work),
        overviews: (workspaceId) => reading.overviews(workspaceId),
        liveRuns: (workspaceId) => storage.progress.liveRuns(workspaceId),
        lastListed: (workspaceId, runIds) => storage.progress.lastListed(workspaceId, runIds),
      };
      return new ProgressStreams(new ProgressPoll(source, log), watch, stopping);
    };
    return {
      module: ProgressModule,
      controllers: [ProgressController],
      providers: [{ provide: ProgressStreams, useFactory: streams, inject: [STORAGE, IntegrationReading, CALLER_WATCH] }],
    };
  }
}
