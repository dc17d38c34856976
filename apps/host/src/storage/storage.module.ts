import type { Storage } from '@castellan/storage';
import { type DynamicModule, Module } from '@nestjs/common';
import { IntegrationLookup } from './integration-lookup.js';
import { STORAGE } from './storage-token.js';

/** The opened database, for every noun. Opened and closed by `startHost`, which can say what is wrong with it. */
@Module({})
export class StorageModule {
  static register(storage: Storage): DynamicModule {
    return {
      module: StorageModule,
      global: true,
      providers: [{ provide: STORAGE, useValue: storage }, IntegrationLookup],
      exports: [STORAGE, IntegrationLookup],
    };
  }
}
