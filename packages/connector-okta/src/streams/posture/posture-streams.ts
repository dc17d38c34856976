import type { AnyStream } from '@castellan/connector-sdk';
import type { OktaClient } from '../../client/okta-client.js';
import { apiTokens } from './api-tokens.js';
import { appGrants } from './app-grants.js';
import { logStreams } from './log-streams.js';
import { networkZones } from './network-zones.js';
import {
  administrationConsole,
  newPrograms,
  organisation,
  supportAccess,
  thirdPartyAdministrators,
  threatInsight,
} from './org-settings.js';
import { policies } from './policies.js';
import { policyRules } from './policy-rules.js';
import { signInMethods } from './sign-in-methods.js';

/** All streams of the posture pack. Each asks by itself, so that a scope or a right that is not granted costs only its stream. */
export const postureStreams: readonly AnyStream<OktaClient>[] = [
  policies,
  policyRules,
  networkZones,
  signInMethods,
  apiTokens,
  appGrants,
  logStreams,
  threatInsight,
  organisation,
  supportAccess,
  thirdPartyAdministrators,
  newPrograms,
  administrationConsole,
];
