import type { FieldGuide } from '@castellan/form-schema';
import { OKTA_SCOPES } from './scopes.js';

// Where things are in Okta's admin console. Sources: Okta, "Add an API Service Integration", "Implement OAuth for Okta with a service
// app", "Create an API token", "Manage Okta API tokens".

/** Of the choice between the three ways. */
export const CHOICE_GUIDE: FieldGuide = {
  steps: [
    'Take **Client secret** when your vendor has an integration in the catalogue of Okta and runs Castellan. Okta accepts a secret from such integrations only.',
    'Take **Private key** in all other cases: you make an app in Okta, which takes two minutes.',
    'Take **Token** only when you have one from before. It can do whatever its owner can.',
    'Ask a **Super Administrator** of Okta to join you: nobody else can grant scopes.',
  ],
};

const SCOPES = [{ label: 'Scopes to grant', text: OKTA_SCOPES.join('\n') }];

/** What to assign so that roles are read, after the words that say to whom. */
const ROLE_READER = '**Super Administrator**, or a custom role with **View roles, resources, and admin assignments**';

/** Of an API service integration. */
export const CLIENT_SECRET_GUIDES = {
  way: {
    steps: [
      'Sign in to the admin console of Okta as a **Super Administrator**.',
      'Open **Applications > API Service Integrations**, choose **Add Integration**, then the integration and **Next**.',
      'Compare the scopes that it asks for with the list below, and choose **Install & Authorize**.',
      'Copy the client secret before you choose **Done**: Okta shows it once.',
      'Assign no admin role: one comes with the integration.',
    ],
    copy: [{ label: 'Scopes that it must ask for', text: OKTA_SCOPES.join('\n') }],
  },
  clientId: {
    steps: [
      'In Okta, open **Applications > API Service Integrations**, and there the integration.',
      'Copy the **Client ID**. It stays there: you can come back for it.',
    ],
  },
  clientSecret: {
    steps: [
      'Copy the **Client Secret** when the integration is added: Okta shows it once.',
      'If it is lost, open **Applications > API Service Integrations**, and make a new one on the page of the integration.',
      'An app that you have made yourself cannot use its secret here: choose the way with the private key.',
    ],
  },
} satisfies Record<string, FieldGuide>;

/** Of an app of type "API Services". */
export const PRIVATE_KEY_GUIDES = {
  way: {
    steps: [
      'Sign in to the admin console of Okta as a **Super Administrator**. Open **Applications > Applications > Create App Integration**, choose **API Services**, and name the app Castellan.',
      'In its tab **General** add a key at **Client Credentials**: the steps at the field of the private key say how.',
      'Leave **Require Demonstrating Proof of Possession (DPoP) header in token requests** as it is: Castellan sends such a proof by itself.',
      'In its tab **Okta API Scopes** choose **Grant** at each scope of the list below. Reload the page and see that all of them stayed granted.',
      'In its tab **Admin roles** assign **Read-Only Administrator**.',
      `To read who has which admin role, assign more: ${ROLE_READER}. Without it everything but the roles is read.`,
    ],
    copy: SCOPES,
  },
  clientId: {
    steps: [
      'In Okta, open **Applications > Applications**, the app, and its tab **General**.',
      'Copy the **Client ID** at **Client Credentials**.',
    ],
  },
  privateKey: {
    steps: [
      'Choose **Make a key pair** here, and copy the public key. Castellan needs the private one, Okta gets the public one only.',
      'In Okta, open the app and its tab **General**. Choose **Edit** at **Client Credentials**, then **Public key / Private key** and **Save keys in Okta**.',
      'Choose **Add key**, paste the public key, and confirm with **Done** and **Save**.',
      'Would you rather have a key that Okta makes? Choose **Add key > Generate new key** instead, and paste its private key here, as PEM or JSON. Okta shows it once.',
    ],
  },
  keyId: {
    steps: [
      'Leave it empty when the key comes from **Make a key pair**, or is JSON with a "kid": such a key names itself.',
      'Leave it empty, too, when the app has one key only.',
      'Otherwise open the app in Okta, its tab **General**, and copy the **KID** that stands beside your key at **Client Credentials**.',
    ],
  },
} satisfies Record<string, FieldGuide>;

/** Of an API token. */
export const API_TOKEN_GUIDES = {
  way: {
    steps: [
      'Sign in to Okta as the account that the token shall belong to: one for services with **Read-Only Administrator**, better than your own. The token can do whatever that account can.',
      `To read who has which admin role, the account needs more: ${ROLE_READER}.`,
      'Open **Security > API**, its tab **Tokens**, and choose **Create token**. Name it Castellan.',
      'If you limit the addresses that calls may come from, let the one of the host of Castellan in.',
      'Keep the account active: Okta refuses the token of an owner who is deactivated, and revokes one that was not used for 30 days.',
    ],
  },
  token: {
    steps: [
      'In Okta, open **Security > API**, its tab **Tokens**, and choose **Create token**.',
      'Copy the token value, and paste it here as it is. Okta shows it once.',
      'If it is lost, revoke it there and make another one.',
    ],
  },
} satisfies Record<string, FieldGuide>;
