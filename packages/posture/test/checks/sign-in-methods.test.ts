import { authenticatorAppWithoutValidatedCryptography } from '../../src/checks/organisation/authenticator-app-without-validated-cryptography.js';
import { secondFactorNeverEnrolled } from '../../src/checks/organisation/second-factor-never-enrolled.js';
import { smartCardNotAccepted } from '../../src/checks/organisation/smart-card-not-accepted.js';
import { weakSignInMethodOn } from '../../src/checks/organisation/weak-sign-in-method-on.js';
import { scenes } from '../fixtures/scenes.js';
import { SMART_CARD } from '../fixtures/settings.js';

scenes(weakSignInMethodOn, ({ names, passes, boundary, set }) => {
  names(
    'by variants that are on, or by what it is',
    (org) =>
      org
        .signInMethod('phone', { product: 'phone_number', type: 'phone', methods: ['sms', 'voice'] })
        .signInMethod('mail', { product: 'acme_email', type: 'email', methods: ['email'] })
        .signInMethod('question', { product: 'security_question', type: 'security_question' })
        .signInMethod('call', { product: 'CALL', type: null }),
    { phone: 'medium', mail: 'low', question: 'low', call: 'medium' },
  );
  passes('strong ones, and weak ones that are off', (org) =>
    org
      .signInMethod('key', { product: 'webauthn', type: 'security_key', methods: ['webauthn'] })
      .signInMethod('phone', { product: 'phone_number', type: 'phone', methods: ['sms'], status: 'inactive' })
      .signInMethod('mail', { methods: ['email'] })
      .gone('sign_in_method', 'mail')
      .signInMethod('other'),
  );
  boundary('of which no variant is on', (org) => org.signInMethod('phone', { type: 'phone', methods: [] }), {});
  set('mail is fine', { weak: ['sms'] }, (org) => org.signInMethod('mail', { methods: ['email'] }), {});
});

scenes(authenticatorAppWithoutValidatedCryptography, ({ names, passes, boundary }) => {
  names('any cryptography', (org) => org.signInMethod('app', { fipsOnly: false }), { app: 'informational' });
  passes('validated only, or off', (org) =>
    org
      .signInMethod('app', { fipsOnly: true })
      .signInMethod('old', { fipsOnly: false, status: 'inactive' })
      .signInMethod('older', { fipsOnly: false })
      .gone('sign_in_method', 'older'),
  );
  boundary('nobody says', (org) => org.signInMethod('app', { fipsOnly: true }).signInMethod('key'), {});
});

scenes(smartCardNotAccepted, ({ names, passes, boundary, set }) => {
  names('neither', (org) => org.signInMethod('key', { product: 'webauthn' }).identityProvider('hub', { type: 'SAML2' }), {
    organisation: 'informational',
  });
  names('an identity provider only', (org) => org.identityProvider('cards', { trust: SMART_CARD }), {
    organisation: 'informational',
  });
  names('a way to sign in only', (org) => org.signInMethod('card', { product: 'smart_card_idp' }), {
    organisation: 'informational',
  });
  names(
    'both, but off',
    (org) =>
      org
        .signInMethod('card', { product: 'smart_card_idp', status: 'inactive' })
        .identityProvider('cards', { trust: SMART_CARD, status: 'inactive' }),
    { organisation: 'informational' },
  );
  names(
    'an identity provider that is gone',
    (org) =>
      org
        .signInMethod('card', { product: 'smart_card_idp' })
        .identityProvider('cards', { trust: SMART_CARD })
        .gone('identity_provider', 'cards'),
    { organisation: 'informational' },
  );
  names(
    'a way to sign in that is gone',
    (org) =>
      org
        .signInMethod('card', { product: 'smart_card_idp' })
        .gone('sign_in_method', 'card')
        .identityProvider('cards', { trust: SMART_CARD }),
    { organisation: 'informational' },
  );
  names(
    'the identity provider off',
    (org) =>
      org
        .signInMethod('card', { product: 'smart_card_idp' })
        .identityProvider('cards', { trust: SMART_CARD, status: 'inactive' }),
    { organisation: 'informational' },
  );
  names(
    'the way to sign in off',
    (org) =>
      org
        .signInMethod('card', { product: 'smart_card_idp', status: 'inactive' })
        .identityProvider('cards', { trust: SMART_CARD }),
    { organisation: 'informational' },
  );
  names(
    'an identity provider of which nobody says that it is for cards',
    (org) => org.signInMethod('card', { product: 'smart_card_idp' }).identityProvider('hub', { type: 'SAML2' }),
    { organisation: 'informational' },
  );
  passes('both', (org) =>
    org.signInMethod('card', { product: 'Smart_Card_IdP' }).identityProvider('cards', { trust: SMART_CARD }),
  );
  passes('by a variant, and of a provider that says the type only', (org) =>
    org.signInMethod('card', { product: 'acme', methods: ['cert'] }).identityProvider('cards', { type: 'X509' }),
  );
  boundary(
    'an identity provider for something else',
    (org) =>
      org
        .signInMethod('card', { product: 'smart_card_idp' })
        .identityProvider('hub', { type: 'X509', trust: { ...SMART_CARD, category: 'federation' } }),
    { organisation: 'informational' },
  );
  set(
    'another product',
    { products: ['piv'] },
    (org) => org.signInMethod('card', { product: 'piv' }).identityProvider('cards', { trust: SMART_CARD }),
    {},
  );
});

scenes(secondFactorNeverEnrolled, ({ names, passes, boundary, set }) => {
  names(
    'for some, for the rest',
    (org) =>
      org
        .policy('p')
        .policyRule('p', 'p1', { enrolment: 'NEVER' })
        .policyRule('p', 'p2', { enrolment: 'NEVER', builtIn: true })
        .policy('default', { builtIn: true })
        .policyRule('default', 'd1', { enrolment: 'NEVER', builtIn: true }),
    { p1: 'medium', p2: 'medium', d1: 'high' },
  );
  passes('asked for; off', (org) =>
    org
      .policy('p')
      .policyRule('p', 'p1', { enrolment: 'CHALLENGE' })
      .policyRule('p', 'p2', { enrolment: 'NEVER', status: 'inactive' })
      .policyRule('p', 'p3', { enrolment: 'NEVER' })
      .gone('policy_rule', 'p3')
      .policy('r')
      .policyRule('r', 'r1', { enrolment: 'NEVER' })
      .gone('policy', 'r')
      .policy('q', { status: 'inactive' })
      .policyRule('q', 'q1', { enrolment: 'NEVER' }),
  );
  boundary('asked for at the first sign-in', (org) => org.policy('p').policyRule('p', 'r', { enrolment: 'LOGIN' }), {});
  set('another word', { never: ['off'] }, (org) => org.policy('p').policyRule('p', 'r', { enrolment: 'OFF' }), { r: 'medium' });
});
