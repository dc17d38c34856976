import type { ApiKeyView } from '@castellan/api';
import type { ApiKey } from '@castellan/storage';

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
