import type { ConnectionReport } from '@castellan/connector-sdk';
import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { InputPipe } from '../input/input-pipe.js';
import { ConnectionInput } from './connection-input.js';
import { ConnectorDesk } from './connector-desk.js';
import { type ConnectorDetail, connectorDetail, type ConnectorView, connectorView } from './connector-views.js';

@Controller('connectors')
export class ConnectorsController {
  readonly #desk: ConnectorDesk;

  constructor(@Inject(ConnectorDesk) desk: ConnectorDesk) {
    this.#desk = desk;
  }

  @Get()
  list(): readonly ConnectorView[] {
    return this.#desk.entries.map(connectorView);
  }

  @Get(':id')
  get(@Param('id') id: string): ConnectorDetail {
    return connectorDetail(this.#desk.entry(id, 'id'));
  }

  /** Tries settings without keeping them. Failed checks are the answer, not an error. */
  @Post(':id/test')
  @HttpCode(200)
  async test(@Param('id') id: string, @Body(new InputPipe(ConnectionInput)) input: ConnectionInput): Promise<ConnectionReport> {
    const connector = this.#desk.connector(id, 'id');
    return this.#desk.test(connector, await this.#desk.validate(connector, input.config));
  }
}
