import { type DynamicModule, Module } from '@nestjs/common';
import { DatabaseProbe } from './database-probe.js';
import { HealthController } from './health.controller.js';
import { Readiness } from './readiness.js';

@Module({})
export class HealthModule {
  static register(probe: DatabaseProbe, readiness: Readiness): DynamicModule {
    return {
      module: HealthModule,
      // Streams of events end when the host stops.
      global: true,
      controllers: [HealthController],
      providers: [
        { provide: DatabaseProbe, useValue: probe },
        { provide: Readiness, useValue: readiness },
      ],
      exports: [Readiness],
    };
  }
}
