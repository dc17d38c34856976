import { type AnyStream, defineStream } from '@castellan/connector-sdk';
import type { OktaClient } from '../client/okta-client.js';

/** `oktaStream({ name, kind, ... })`: see `defineStream`. */
export const oktaStream = defineStream<OktaClient>();

/** Adds what holds for every stream: its scopes are there before anything is asked, and what was not understood is summed up. */
export function guarded(stream: AnyStream<OktaClient>): AnyStream<OktaClient> {
  const { refresh, delta } = stream;
  return {
    ...stream,
    read: (args) => guard(stream, args.client, () => stream.read(args)),
    ...(refresh !== undefined && { refresh: (args) => guard(stream, args.client, () => refresh(args)) }),
    ...(delta !== undefined && { delta: (args) => guard(stream, args.client, () => delta(args)) }),
  };
}

async function* guard<Page>(
  stream: AnyStream<OktaClient>,
  client: OktaClient,
  pages: () => AsyncIterable<Page>,
): AsyncGenerator<Page, void, void> {
  await client.requireScopes(stream.requires);
  try {
    yield* pages();
  } finally {
    client.board.finish(stream.name);
    client.drift.summarise(stream.name);
  }
}
