import type { ConnectorDetail, ConnectorView, HintedReport } from '@castellan/api';
import type { KeyPair } from '@castellan/connector-sdk';
import type { Storage } from '@castellan/storage';
import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { InputPipe } from '../input/input-pipe.js';
import { STORAGE } from '../storage/storage-token.js';
import { Expensive } from '../throttle/expensive-work.js';
import { ConnectionInput } from './connection-input.js';
import { hinted } from './hinted-report.js';
import { KeysInput } from './keys-input.js';
import { CONNECTION_PROBLEMS } from './connection-problems.js';
import { CONNECTOR_ANSWER, CONNECTORS_ANSWER, KEYS_ANSWER, KEYS_BODY, REPORT_ANSWER, TEST_BODY } from './connector-examples.js';
import { ConnectorDesk } from './connector-desk.js';
import { connectorDetail, connectorView } from './connector-views.js';
import { sameOrganisationHints } from './same-organisation.js';

@Controller('connectors')
export class ConnectorsController {
  readonly #desk: ConnectorDesk;
  readonly #storage: Storage;

  constructor(@Inject(ConnectorDesk) desk: ConnectorDesk, @Inject(STORAGE) storage: Storage) {
    this.#desk = desk;
    this.#storage = storage;
  }

  @Get()
  @Endpoint({ access: 'integrations:read', summary: 'List the connectors', answer: CONNECTORS_ANSWER })
  list(): readonly ConnectorView[] {
    return this.#desk.entries.map(connectorView);
  }

  @Get(':id')
  @Endpoint({
    access: 'integrations:read',
    summary: 'Show a connector with its form and streams',
    answer: CONNECTOR_ANSWER,
    problems: ['not-found'],
  })
  get(@Param('id') id: string): ConnectorDetail {
    return connectorDetail(this.#desk.entry(id, 'id'));
  }

  /** Tries settings without keeping them. Failed checks are the answer, not an error. */
  @Post(':id/test')
  @Expensive()
  @Endpoint({
    access: 'integrations:manage',
    summary: 'Test settings without keeping them',
    description: 'Failed checks are the answer, not an error.',
    body: TEST_BODY,
    answer: REPORT_ANSWER,
    problems: CONNECTION_PROBLEMS,
  })
  @HttpCode(200)
  async test(
    @Asking() caller: Caller,
    @Param('id') id: string,
    @Body(new InputPipe(ConnectionInput)) input: ConnectionInput,
  ): Promise<HintedReport> {
    const connector = this.#desk.connector(id, 'id');
    const { config, hints } = await this.#desk.validate(connector, input.config);
    const report = await this.#desk.test(connector, config);
    const twice = await sameOrganisationHints(this.#storage, caller, connector, report);
    return hinted(report, [...hints, ...twice]);
  }

  /**
   * The one answer that holds a secret: the private key must reach the form. It is made for this answer, kept nowhere and
   * written to no log; every answer says `cache-control: no-store` (see `edge/security-headers`).
   */
  @Post(':id/keys')
  @Endpoint({
    access: 'integrations:manage',
    summary: 'Make a key pair',
    description: 'Kept nowhere: this answer is the only place that has the private key.',
    body: KEYS_BODY,
    answer: KEYS_ANSWER,
    problems: ['not-found', 'connector-unavailable'],
  })
  @HttpCode(200)
  keys(@Param('id') id: string, @Body(new InputPipe(KeysInput)) input: KeysInput): Promise<KeyPair> {
    return this.#desk.makeKeyPair(this.#desk.connector(id, 'id'), input.algorithm ?? 'RS256');
  }
}
