import { setTimeout as sleep } from 'node:timers/promises';
import { ConnectorError } from '@castellan/connector-sdk';
import { OriginField, TextField } from '@castellan/form-schema';
import { accounts, acme, acmeSpec, activate, deactivate, groups, memberships } from '../acme/acme-connector.js';
import type { Mistake } from './mistake.js';

/** Mistakes of the form, of the connection test, and of letting go. */
export const CONNECTING: readonly Mistake[] = [
  [
    'waits by itself and does not look at the signal',
    'stopsAtOnce',
    /has not let go after 2 s/,
    () =>
      acme({
        probe: async () => {
          await sleep(6_000);
          return { tenant: null, checks: [] };
        },
      }),
  ],
  [
    'says yes or no only',
    'connectionTest',
    /has no row for stream accounts/,
    () =>
      acme({
        probe: async ({ http }) => {
          await http.send({ url: '/me' });
          return { tenant: { id: 'acme', displayName: 'Acme' }, checks: [{ name: 'connection', status: 'ok' }] };
        },
      }),
  ],
  [
    'has one tenant id for all',
    'connectionTest',
    /Two organisations have the same tenant id/,
    () =>
      acme({
        probe: async (client, context) => ({
          ...(await acmeSpec.probe(client, context)),
          tenant: { id: 'acme', displayName: 'A' },
        }),
      }),
  ],
  [
    'calls every trouble a wrong credential',
    'connectionTroubles',
    /calls 403 to everything an error of kind "auth"/,
    () =>
      acme({
        probe: async (client, context) => {
          try {
            return await acmeSpec.probe(client, context);
          } catch {
            const error = { kind: 'auth', message: 'Authentication failed.' } as const;
            const row = {
              name: 'credential',
              status: 'failed',
              error,
              blocks: 'connection',
              turn: 'you',
              todo: 'Check it.',
            } as const;
            return { tenant: null, checks: [row] };
          }
        },
      }),
  ],
  [
    "sends the customer to the operator's log",
    'connectionTroubles',
    /row "credential" at 401 to everything is the customer's turn and says "Look at the operator's log, then test again\."/,
    () =>
      acme({
        probe: async (client, context) => {
          try {
            return await acmeSpec.probe(client, context);
          } catch (failure) {
            const { kind, message } = ConnectorError.from(failure);
            const todo = "Look at the operator's log, then test again.";
            const acting = { blocks: 'connection', turn: 'you', todo } as const;
            return { tenant: null, checks: [{ name: 'credential', status: 'failed', error: { kind, message }, ...acting }] };
          }
        },
      }),
  ],
  [
    'leaves it open what is to be done',
    'connectionTroubles',
    /row "credential" at 401 to everything lacks "turn", "todo" or a message/,
    () =>
      acme({
        probe: async (client, context) => {
          try {
            return await acmeSpec.probe(client, context);
          } catch (failure) {
            const error = ConnectorError.from(failure).view();
            const acting = { blocks: 'connection', turn: 'you', todo: '' } as const;
            return { tenant: null, checks: [{ name: 'credential', status: 'failed', error, ...acting }] };
          }
        },
      }),
  ],
  [
    'says that all is well when nobody answers',
    'connectionTroubles',
    /says that all is well at 401/,
    () =>
      acme({ probe: async () => ({ tenant: { id: 'x', displayName: 'X' }, checks: [{ name: 'accounts', status: 'ok' }] }) }),
  ],
  [
    'keeps a secret in a text field',
    'form',
    /apiToken in the settings looks like a secret and is no SecretField/,
    () => Object.assign(acme(), { config: OpenSettings }),
  ],
  [
    'names no permission',
    'form',
    /Stream accounts names no permission/,
    () => acme({ streams: [{ ...accounts, requires: [] }, groups, memberships] }),
  ],
  [
    'does not say how an action is done by hand',
    'form',
    /Action deactivate-account does not say in "byHand" what a person does/,
    () => acme({ actions: [{ ...deactivate, byHand: [] }, activate] }),
  ],
  [
    'has a step by hand that is no sentence',
    'form',
    /A step of action deactivate-account in "byHand" is no sentence: "Users > the user"/,
    () => acme({ actions: [{ ...deactivate, byHand: ['Users > the user'] }, activate] }),
  ],
  [
    'accepts what it does not know',
    'settings',
    /Settings with a key that nobody knows are accepted/,
    () => {
      const good = acme();
      return Object.assign(good, {
        validateConfig: async (input: object, environment: object) => {
          const { address, token }: { address?: unknown; token?: unknown } = Object(input);
          return acme().validateConfig({ address, token }, environment);
        },
      });
    },
  ],
];

class OpenSettings {
  @OriginField({ label: 'Address' }) readonly address!: string;
  @TextField({ label: 'Token' }) readonly apiToken!: string;
}
