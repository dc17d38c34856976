import { edgeKey, type SourceRecord, type TokenGrant } from '@castellan/connector-sdk';
import type { Drift } from './drift.js';
import { EXPOSURE_FIELDS } from './exposure-fields.js';
import { ObjectReader } from './object-reader.js';
import { redactObject } from './redact.js';

const STATUS: Readonly<Record<string, TokenGrant['status']>> = { ACTIVE: 'active', REVOKED: 'revoked' };

/** What is known of a refresh token, as `GET /users/{id}/clients/{id}/tokens` lists it: Okta does not show the token itself. */
export function mapRefreshToken(value: unknown, account: string, drift: Drift): SourceRecord<'token_grant'> | null {
  const token = ObjectReader.of(value, 'refresh token', drift, EXPOSURE_FIELDS.refreshToken);
  const id = token?.id('id') ?? null;
  if (token === null || id === null) return null;
  const { data, ...rest } = record(token, { account, id, type: 'refresh_token' }, value, drift);
  return { ...rest, data: { ...data, scopes: token.strings('scopes'), expiresAt: token.instant('expiresAt') } };
}

/** A scope that somebody has let a client have, as `GET /users/{id}/grants` lists it. */
export function mapConsent(value: unknown, account: string, drift: Drift): SourceRecord<'token_grant'> | null {
  const grant = ObjectReader.of(value, 'consent', drift, EXPOSURE_FIELDS.consent);
  const id = grant?.id('id') ?? null;
  if (grant === null || id === null) return null;
  const { data, ...rest } = record(grant, { account, id, type: 'consent' }, value, drift);
  const scope = grant.filled('scopeId');
  return { ...rest, data: { ...data, scopes: scope === null ? [] : [scope] } };
}

/** The client id, where `GET /users/{id}/clients` lists one. */
export function clientIdOf(value: unknown, drift: Drift): string | null {
  return ObjectReader.of(value, 'client of a user', drift, EXPOSURE_FIELDS.userClient)?.id('client_id') ?? null;
}

function record(
  reader: ObjectReader,
  { account, id, type }: { readonly account: string; readonly id: string; readonly type: TokenGrant['type'] },
  value: unknown,
  drift: Drift,
): SourceRecord<'token_grant'> {
  const clientId = reader.id('clientId');
  return {
    kind: 'token_grant',
    key: edgeKey(account, id),
    partition: account,
    data: {
      account,
      application: applicationIn(reader) ?? clientId,
      clientId,
      type,
      scopes: [],
      status: reader.oneOf<TokenGrant['status']>('status', STATUS, 'unknown'),
      providerStatus: reader.string('status'),
      createdAt: reader.instant('created'),
      updatedAt: reader.instant('lastUpdated'),
      expiresAt: null,
    },
    raw: redactObject(value, drift.harmless),
  };
}

/** The end of `_links.app.href`, `.../api/v1/apps/0oa...`. Where it is missing the client id is taken, which is the same for nearly every application. */
function applicationIn(reader: ObjectReader): string | null {
  const href = reader.child('_links').child('app').string('href');
  return /\/apps\/([^/?#]+)/.exec(href ?? '')?.[1] ?? null;
}
