/** A key of a program, without the key itself. */
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

/** Of a key that was just made. */
export interface NewApiKeyView extends ApiKeyView {
  /** The key itself, shown once. */
  readonly key: string;
}
