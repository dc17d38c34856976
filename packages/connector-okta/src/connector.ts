import { defineConnector } from '@castellan/connector-sdk';
import { OktaClient } from './client/okta-client.js';
import { OktaConfig, refineOktaConfig } from './config/okta-config.js';
import { probe } from './probe/probe.js';
import { streams } from './streams/streams.js';

export const connector = defineConnector<OktaConfig, OktaClient>({
  id: 'okta',
  displayName: 'Okta',
  config: OktaConfig,
  refine: refineOktaConfig,
  connect: (context) => new OktaClient(context),
  probe,
  streams,
  plan: (client) => client.plan(),
});
