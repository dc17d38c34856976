import { type DynamicModule, Module } from '@nestjs/common';
import { DatabaseProbe } from './database-probe.js';
import { HealthController } from './health.controller.js';

@Module({})
export class HealthModule {
  static register(probe: DatabaseProbe): DynamicModule {
    return { module: HealthModule, controllers: [HealthController], providers: [{ provide: DatabaseProbe, useValue: probe }] };
  }
}
