import { defineStream } from '@castellan/connector-sdk';
import type { ScimClient } from '../client/scim-client.js';

/** `scimStream({ name, kind, ... })`: see `defineStream`. */
export const scimStream = defineStream<ScimClient>();
