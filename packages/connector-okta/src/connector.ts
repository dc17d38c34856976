import { defineConnector } from '@castellan/connector-sdk';
import { actionGrants } from './actions/action-grants.js';
import { actions } from './actions/actions.js';
import { OktaClient } from './client/okta-client.js';
import { makeKeyPair } from './config/key-pair.js';
import { OktaConfig, refineOktaConfig } from './config/okta-config.js';
import { probeOf } from './probe/probe.js';
import { EACH_ACCOUNT } from './streams/each-account/each-account-pack.js';
import { POSTURE } from './streams/posture/posture-pack.js';
import { SECRET_AGES } from './streams/secret-ages/secret-ages-pack.js';
import { streams } from './streams/streams.js';

export const connector = defineConnector<OktaConfig, OktaClient>({
  id: 'okta',
  displayName: 'Okta',
  config: OktaConfig,
  refine: refineOktaConfig,
  connect: (context) => new OktaClient(context),
  probe: probeOf(streams),
  streams,
  actions,
  offers: (_, config) => config.actions === true,
  actionGrants,
  makeKeyPair,
  plan: (client) => client.plan(),
  wants: ({ name, pack }, config) =>
    (pack !== POSTURE || config.posture === true) &&
    (pack !== EACH_ACCOUNT || config.eachAccount === true) &&
    (pack !== SECRET_AGES || config.secretAges === true) &&
    !(name === 'authenticators' && config.skipFactors === true),
});
