import type { FieldGuide } from '@castellan/form-schema';

// Services name their pages as they like: what is said here holds for all of them, and no menu is named.

const ADMINISTRATION =
  'Sign in to the service as an administrator, and look in its settings for SCIM, provisioning or user sync.';
const RIGHTS =
  'Let it read users and groups. To deactivate accounts and take members out of groups from here, let it change them, too.';

/** Of the choice between the ways to sign in. */
export const CHOICE_GUIDE: FieldGuide = {
  steps: [
    'Look into the manual of the service: it says under SCIM how a client signs in.',
    'Most services show a token, often called bearer token or API key: take **Token**.',
    'Take **OAuth 2.0 client credentials** when it gives a client ID, a secret and a token URL.',
    'Take **User name and password** only when there is nothing else.',
  ],
};

/** Of a token that the service has issued. */
export const BEARER_GUIDES = {
  way: {
    steps: [ADMINISTRATION, 'Make a token for Castellan alone, so that it can be revoked without harm to others.', RIGHTS],
  },
  token: {
    steps: [
      'Copy the token from the page of the service that issues it. Most show it once.',
      'Paste it as it is, without "Bearer" in front.',
      'Note when it ends, if it does: it must be replaced before.',
    ],
  },
} satisfies Record<string, FieldGuide>;

/** Of user name and password. */
export const BASIC_GUIDES = {
  way: { steps: ['Make an account at the service for Castellan alone, and for no person.', RIGHTS] },
  username: {
    steps: ['Enter the name that the account signs in with.', 'It has no colon: that sign parts name and password.'],
  },
  password: {
    steps: [
      'Enter the password of that account. Where the service has passwords for programs, make one and enter that.',
      'When the password is changed at the service, enter the new one here.',
    ],
  },
} satisfies Record<string, FieldGuide>;

/** Of OAuth 2.0 client credentials. */
export const OAUTH_GUIDES = {
  way: {
    steps: [
      'Sign in to the service as an administrator, and register a client (also called app or integration) for Castellan.',
      'Choose the grant **client credentials**: no person signs in, and no redirect address is needed.',
      RIGHTS,
    ],
  },
  tokenUrl: {
    steps: [
      'Copy the address where tokens are issued: manuals call it token URL or token endpoint. It often ends in /oauth2/token.',
      'It may be of another host than the base URL.',
    ],
  },
  clientId: {
    steps: [
      'Open the client that you have registered at the service.',
      'Copy its client ID, which some services call application ID.',
    ],
  },
  clientSecret: {
    steps: [
      'Copy the secret when the service shows it: most show it once.',
      'If it is lost, make a new one at the service, and enter it here.',
    ],
  },
  scope: {
    steps: [
      'Leave it empty unless the manual of the service names scopes for SCIM.',
      'Enter them as the manual spells them, with a blank between two.',
    ],
  },
  clientAuthentication: {
    steps: [
      'Keep **In a header**: it is what OAuth 2.0 asks of every service.',
      'Take **In the form** when the service refuses a client whose ID and secret are right, or its manual says client_secret_post.',
    ],
  },
} satisfies Record<string, FieldGuide>;

/** Of every setting but the credentials, by its name. */
export const SETTING_GUIDES = {
  url: {
    steps: [
      ADMINISTRATION,
      'Copy the address that it calls base URL, SCIM endpoint or tenant URL. It often ends in /scim/v2.',
      'Only the address of SCIM 2.0 will do, and of the service itself: not the page that you see in the browser.',
    ],
  },
  pageSize: {
    steps: [
      'Keep 100 unless the manual of the service names another number.',
      'Take fewer when the service is slow or breaks off. What it says of itself counts first.',
    ],
  },
  paging: {
    steps: [
      'Keep **As the service says**.',
      'Choose another when the connection test or a sync says that pages repeat, or that the service does not keep to what it has announced.',
    ],
  },
} satisfies Record<string, FieldGuide>;
