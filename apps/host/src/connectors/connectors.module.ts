import { type DynamicModule, Module } from '@nestjs/common';
import { ConnectorDesk } from './connector-desk.js';
import { ConnectorsController } from './connectors.controller.js';

@Module({})
export class ConnectorsModule {
  static register(desk: ConnectorDesk): DynamicModule {
    return {
      module: ConnectorsModule,
      // Integrations ask it, too.
      global: true,
      controllers: [ConnectorsController],
      providers: [{ provide: ConnectorDesk, useValue: desk }],
      exports: [ConnectorDesk],
    };
  }
}
