import type { Role } from '@castellan/api';

/** How people can sign in with the organisation's own identity provider. */
export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** Without: a public client, which proves itself by PKCE alone. */
  readonly clientSecret?: string;
  /** On the button. */
  readonly name: string;
  /** Whoever the provider lets in becomes a user with this role. Without: only people who were invited or have linked. */
  readonly role?: Role;
}
