import type { AnyStream, Connector, Json } from '@castellan/connector-sdk';
import type { CheckName } from '../../src/index.js';
import { accounts, acme, type AcmeClient, type AcmeSettings, groups, memberships } from '../acme/acme-connector.js';

/** A mistake that people make, with the check that must catch it and what it must say. */
export type Mistake = readonly [what: string, check: CheckName, says: RegExp, make: () => Connector<AcmeSettings>];

/** The accounts stream with its own way of reading; everything else stays as it is. */
export function withAccounts(
  read: AnyStream<AcmeClient>['read'],
  others: Partial<AnyStream<AcmeClient>> = {},
): Connector<AcmeSettings> {
  return acme({ streams: [{ ...accounts, ...others, read }, groups, memberships] });
}

export function withMemberships(read: AnyStream<AcmeClient>['read']): Connector<AcmeSettings> {
  return acme({ streams: [accounts, groups, { ...memberships, read }] });
}

export const savedText = (saved: Json | undefined): string | undefined => (typeof saved === 'string' ? saved : undefined);
