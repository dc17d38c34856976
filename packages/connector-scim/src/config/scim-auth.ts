import { SecretField, SelectField, TextField, UrlField } from '@castellan/form-schema';
import { BASIC_GUIDES, BEARER_GUIDES, OAUTH_GUIDES } from './guides.js';

/** A token that the service has issued, and that is sent as it is. */
export class BearerAuth {
  readonly method = 'bearer';
  @SecretField({
    label: 'Token',
    help: 'As the service shows it for SCIM, without "Bearer".',
    maxLength: 10_000,
    guide: BEARER_GUIDES.token,
  })
  readonly token!: string;
}

/** User name and password with each request. */
export class BasicAuth {
  readonly method = 'basic';
  @TextField({
    label: 'User name',
    maxLength: 500,
    // The colon is what parts the two (RFC 7617).
    pattern: { regex: /^[^:]*$/, message: 'Must not contain a colon.' },
    guide: BASIC_GUIDES.username,
  })
  readonly username!: string;
  @SecretField({ label: 'Password', maxLength: 1_000, guide: BASIC_GUIDES.password })
  readonly password!: string;
}

/** How the client says who it is when it asks for a token. Names: RFC 8414, `token_endpoint_auth_method`. */
export type ClientAuthentication = 'client_secret_basic' | 'client_secret_post';

/** OAuth 2.0 client credentials (RFC 6749, section 4.4). */
export class OAuthAuth {
  readonly method = 'oauth';
  @UrlField({
    label: 'Token URL',
    placeholder: 'https://login.acme.example.com/oauth2/token',
    help: 'Where the service issues access tokens. It may be another host than the base URL.',
    guide: OAUTH_GUIDES.tokenUrl,
  })
  readonly tokenUrl!: string;
  @TextField({ label: 'Client ID', maxLength: 500, guide: OAUTH_GUIDES.clientId })
  readonly clientId!: string;
  @SecretField({ label: 'Client secret', maxLength: 2_000, guide: OAUTH_GUIDES.clientSecret })
  readonly clientSecret!: string;
  @TextField({
    label: 'Scope',
    help: 'Only where the service asks for it; several with blanks between.',
    optional: true,
    guide: OAUTH_GUIDES.scope,
  })
  readonly scope?: string;
  @SelectField({
    label: 'The client authenticates',
    optional: true,
    options: [
      { value: 'client_secret_basic', label: 'In a header' },
      { value: 'client_secret_post', label: 'In the form' },
    ],
    guide: OAUTH_GUIDES.clientAuthentication,
  })
  readonly clientAuthentication: ClientAuthentication = 'client_secret_basic';
}

export type ScimAuth = BearerAuth | BasicAuth | OAuthAuth;
