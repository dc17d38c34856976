import { SecretField, TextField } from '@castellan/form-schema';
import { API_TOKEN_GUIDES, CLIENT_SECRET_GUIDES, PRIVATE_KEY_GUIDES } from './credential-guides.js';

/** An API service integration from Okta's catalogue: client id and secret. */
export class ClientSecretAuth {
  readonly method = 'client_secret';
  @TextField({
    label: 'Client ID',
    placeholder: '0oa1abcd2EFGH3ijk4x7',
    help: 'In Okta: Applications > API Service Integrations > the integration.',
    maxLength: 200,
    guide: CLIENT_SECRET_GUIDES.clientId,
  })
  readonly clientId!: string;
  @SecretField({
    label: 'Client secret',
    help: 'Okta shows it once, when the integration is added.',
    maxLength: 500,
    guide: CLIENT_SECRET_GUIDES.clientSecret,
  })
  readonly clientSecret!: string;
}

/** An app of type "API Services" that the customer has made: client id and the private half of its key. */
export class PrivateKeyAuth {
  readonly method = 'private_key';
  @TextField({
    label: 'Client ID',
    placeholder: '0oa1abcd2EFGH3ijk4x7',
    help: 'In Okta: Applications > Applications > the API Services app > General.',
    maxLength: 200,
    guide: PRIVATE_KEY_GUIDES.clientId,
  })
  readonly clientId!: string;
  @SecretField({
    label: 'Private key',
    help: 'PEM or JWK: the private half of a key whose public half the app in Okta has.',
    multiline: true,
    guide: PRIVATE_KEY_GUIDES.privateKey,
  })
  readonly privateKey!: string;
  @TextField({
    label: 'Key ID',
    help: 'Only when the app has several keys and the private key is a PEM: the "kid" that Okta shows beside the key.',
    optional: true,
    maxLength: 200,
    guide: PRIVATE_KEY_GUIDES.keyId,
  })
  readonly keyId?: string;
}

/** A token of an administrator (SSWS). It can do whatever that person can, which is why it is the last choice. */
export class ApiTokenAuth {
  readonly method = 'api_token';
  @SecretField({
    label: 'Token (for legacy integrations)',
    help: 'In Okta: Security > API > Tokens.',
    maxLength: 500,
    guide: API_TOKEN_GUIDES.token,
  })
  readonly token!: string;
}

export type OktaAuth = ClientSecretAuth | PrivateKeyAuth | ApiTokenAuth;
