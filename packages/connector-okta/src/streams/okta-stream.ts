import { type AnyStream, defineStream } from '@castellan/connector-sdk';
import type { OktaClient } from '../client/okta-client.js';

/** `oktaStream({ name, kind, ... })`: see `defineStream`. */
export const oktaStream = defineStream<OktaClient>();

/** Adds what holds for every stream: its scopes are there before anything is asked, and what was not understood is summed up. */
export function guarded(stream: AnyStream<OktaClient>): AnyStream<OktaClient> {
  return {
    ...stream,
    async *read(args) {
      const { client } = args;
      await client.requireScopes(stream.requires);
      try {
        yield* stream.read(args);
      } finally {
        client.board.finish(stream.name);
        client.drift.summarise(stream.name);
      }
    },
  };
}
