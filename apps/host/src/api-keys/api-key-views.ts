import type { ApiKey } from '@castellan/storage';

export interface ApiKeyView {
  readonly id: string;
  readonly name: string;
  /** The permissions that it gives. */
  readonly scopes: readonly string[];
  readonly state: 'active' | 'expired' | 'revoked';
  /** The user who made it; `null`: another key did, or the user was removed. */
  readonly createdBy: { readonly id: string; readonly name: string } | null;
  readonly createdAt: string;
  readonly expiresAt: string;
  /** To the minute. */
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
}

export interface NewApiKeyView extends ApiKeyView {
  /** The key itself, shown once. */
  readonly key: string;
}

export function apiKeyView(apiKey: ApiKey, now: Date = new Date()): ApiKeyView {
  const { id, name, scopes, createdBy, createdAt, expiresAt, lastUsedAt, revokedAt } = apiKey;
  const isExpired = expiresAt.getTime() <= now.getTime();
  return {
    id,
    name,
    scopes,
    state: revokedAt !== null ? 'revoked' : isExpired ? 'expired' : 'active',
    createdBy,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
  };
}
