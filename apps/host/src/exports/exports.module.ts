import type { Logger } from '@castellan/connector-sdk';
import { type DynamicModule, Module } from '@nestjs/common';
import { EXPORT_LOGGER, Exports } from './exports.js';

@Module({})
export class ExportsModule {
  static register(log: Logger): DynamicModule {
    return {
      module: ExportsModule,
      global: true,
      providers: [{ provide: EXPORT_LOGGER, useValue: log }, Exports],
      exports: [Exports],
    };
  }
}
