import { AuditModule } from './audit/audit.module.js';
import type { Authentication } from './callers/caller.guard.js';
import { CallersModule } from './callers/callers.module.js';
import { type RunExecutor, SchedulingModule, type SchedulingLog, type SyncQueue } from '@castellan/scheduling';
import type { Storage } from '@castellan/storage';
import { type DynamicModule, Module } from '@nestjs/common';
import type { ConnectorDesk } from './connectors/connector-desk.js';
import { ConnectorsModule } from './connectors/connectors.module.js';
import { DatabaseProbe } from './health/database-probe.js';
import { HealthModule } from './health/health.module.js';
import { HoldsModule } from './holds/holds.module.js';
import { IntegrationsModule } from './integrations/integrations.module.js';
import { RecordsModule } from './records/records.module.js';
import { RunsModule } from './runs/runs.module.js';
import { StorageModule } from './storage/storage.module.js';

/** What `startHost` has opened before Nest begins. */
export interface AppParts {
  readonly storage: Storage;
  readonly desk: ConnectorDesk;
  readonly queue: SyncQueue;
  readonly engine: RunExecutor;
  readonly log: SchedulingLog;
  readonly authentication: Authentication;
  /** How often the log of an integration is read that does not say. 0: never. */
  readonly pollSeconds: number;
}

/** One module a noun. */
@Module({})
export class AppModule {
  static register({ storage, desk, queue, engine, log, authentication, pollSeconds }: AppParts): DynamicModule {
    const startDue = async (limit: number) => {
      const full = await storage.schedule.enqueueDue(limit);
      const polls = await storage.schedule.enqueueDuePolls(pollSeconds, limit);
      return [...full, ...polls].map(({ runId }) => runId);
    };
    return {
      module: AppModule,
      imports: [
        StorageModule.register(storage),
        CallersModule.register(authentication),
        AuditModule,
        SchedulingModule.register({ queue, executor: engine, runs: storage.runStore, schedules: { startDue }, log }),
        ConnectorsModule.register(desk),
        IntegrationsModule,
        RunsModule.register(log),
        RecordsModule,
        HoldsModule,
        HealthModule.register(new DatabaseProbe(() => storage.ping())),
      ],
    };
  }
}
