import { defineConnector } from '@castellan/connector-sdk';
import { actions } from './actions/actions.js';
import { ScimClient } from './client/scim-client.js';
import { ScimConfig } from './config/scim-config.js';
import { probe } from './probe/probe.js';
import { streams } from './streams/streams.js';

export const connector = defineConnector<ScimConfig, ScimClient>({
  id: 'scim',
  displayName: 'SCIM 2.0',
  config: ScimConfig,
  connect: (context) => new ScimClient(context),
  probe,
  streams,
  actions,
});
