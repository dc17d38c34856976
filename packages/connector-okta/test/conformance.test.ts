import { describeConnector } from '@castellan/connector-testkit';
import { connector } from '../src/index.js';
import { type SimulatedOkta, simulatedOkta } from './support/simulated-okta.js';

describeConnector(connector, {
  upstream: simulatedOkta,
  config: ({ url, ...upstream }) => ({ domain: url, auth: authOf(upstream), activityDays: 90, actions: true }),
});

function authOf(upstream: object): object {
  // Started by `simulatedOkta`, which adds it.
  return (upstream as SimulatedOkta).auth;
}
