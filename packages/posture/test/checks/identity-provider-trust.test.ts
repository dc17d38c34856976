import { identityProviderKeyExpires } from '../../src/checks/identity-providers/identity-provider-key-expires.js';
import { identityProviderLeftBehind } from '../../src/checks/identity-providers/identity-provider-left-behind.js';
import { identityProviderWeaklySigned } from '../../src/checks/identity-providers/identity-provider-weakly-signed.js';
import { secondFactorOfOthersBelieved } from '../../src/checks/identity-providers/second-factor-of-others-believed.js';
import { smartCardIssuerNotApproved } from '../../src/checks/identity-providers/smart-card-issuer-not-approved.js';
import { daysAgo } from '../fixtures/organisation.js';
import { scenes } from '../fixtures/scenes.js';
import { trusting } from '../fixtures/trust.js';

const OFF = { status: 'inactive' } as const;

scenes(secondFactorOfOthersBelieved, ({ names, passes, boundary, gone, untold }) => {
  names(
    'of any, of one for everybody',
    (org) =>
      org
        .identityProvider('a', trusting({ trustsAuthentication: true }))
        .identityProvider('b', trusting({ trustsAuthentication: true, category: 'social' })),
    { a: 'medium', b: 'high' },
  );
  passes('it is not; one that is off', (org) =>
    org
      .identityProvider('a', trusting({ trustsAuthentication: false }))
      .identityProvider('b', { ...trusting({ trustsAuthentication: true }), ...OFF }),
  );
  boundary(
    'of cards, and of services for everybody, it is not said',
    (org) =>
      org.identityProvider('a', trusting({ category: 'smart_card' })).identityProvider('b', trusting({ category: 'social' })),
    {},
  );
  untold('of one it is not said', (org) => org.identityProvider('a', trusting()), [
    'identity_provider.trust.trustsAuthentication',
  ]);
  gone('identity_provider', {});
});

scenes(identityProviderWeaklySigned, ({ names, passes, boundary, set, gone, untold }) => {
  const good = { signatureAlgorithm: 'SHA-256', responseSigned: true, clockSkewSeconds: 120 };
  names(
    'by what is broken, in part, for long',
    (org) =>
      org
        .identityProvider('a', trusting({ ...good, signatureAlgorithm: 'SHA-1' }))
        .identityProvider('b', trusting({ ...good, responseSigned: false, clockSkewSeconds: 9_000 }))
        .identityProvider('c', trusting({ ...good, clockSkewSeconds: 9_000 })),
    { a: 'high', b: 'medium', c: 'low' },
  );
  passes('well; nothing is said; one that is off', (org) =>
    org
      .identityProvider('a', trusting(good))
      .identityProvider('b', trusting())
      .identityProvider('c', { ...trusting({ ...good, signatureAlgorithm: 'SHA-1' }), ...OFF })
      .identityProvider('d'),
  );
  untold('nothing is said of any', (org) => org.identityProvider('a', trusting()), [
    'identity_provider.trust.signatureAlgorithm',
  ]);
  untold(
    'of one a part is said',
    (org) =>
      org
        .identityProvider('a', trusting({ ...good, responseSigned: null }))
        .identityProvider('b', trusting({ ...good, signatureAlgorithm: 'SHA-1' })),
    ['identity_provider.trust.responseSigned'],
    { b: 'high' },
  );
  boundary('five minutes', (org) => org.identityProvider('a', trusting({ ...good, clockSkewSeconds: 300 })), {});
  boundary(
    'five minutes and a half second',
    (org) => org.identityProvider('a', trusting({ ...good, clockSkewSeconds: 300.5 })),
    { a: 'low' },
  );
  set('a minute', { minutes: 1 }, (org) => org.identityProvider('a', trusting(good)), { a: 'low' });
  gone('identity_provider', {});
});

scenes(smartCardIssuerNotApproved, ({ names, passes, boundary, set, gone, untold }) => {
  const card = trusting({ category: 'smart_card' });
  names('any, while none is approved', (org) => org.identityProvider('a', { ...card, issuer: 'CN=Acme Root, O=Acme' }), {
    a: 'medium',
  });
  passes('no card; one that is off', (org) =>
    org
      .identityProvider('a', { ...trusting(), issuer: 'https://idp.acme.example' })
      .identityProvider('b', { ...card, issuer: 'CN=X', ...OFF }),
  );
  boundary(
    'one that signs nobody in',
    (org) => org.identityProvider('a', { ...trusting({ category: 'verification' }), issuer: 'CN=X' }),
    {},
  );
  untold('no sort is said', (org) => org.identityProvider('a', { ...trusting({ category: 'unknown' }), issuer: 'CN=X' }), [
    'identity_provider.trust.category',
  ]);
  untold(
    'of one card no issuer is said',
    (org) => org.identityProvider('a', card).identityProvider('b', { ...card, issuer: 'CN=X' }),
    ['identity_provider.issuer'],
    { b: 'medium' },
  );
  set(
    'one is approved, however it is written',
    { issuers: ['cn=Acme Root,O=ACME'] },
    (org) =>
      org
        .identityProvider('a', { ...card, issuer: 'CN=Acme Root, O=Acme' })
        .identityProvider('b', { ...card, issuer: 'CN=Acme Root, O=Acme, C=US' }),
    { b: 'medium' },
  );
  gone('identity_provider', {});
});

scenes(identityProviderKeyExpires, ({ names, passes, boundary, set, gone }) => {
  names(
    'soon, and long ago',
    (org) => org.identityProvider('a', { keysExpireAt: daysAgo(-10) }).identityProvider('b', { keysExpireAt: daysAgo(10) }),
    { a: 'low', b: 'medium' },
  );
  passes('later; never; one that is off', (org) =>
    org
      .identityProvider('a', { keysExpireAt: daysAgo(-100) })
      .identityProvider('b')
      .identityProvider('c', { keysExpireAt: daysAgo(-1), ...OFF }),
  );
  boundary('thirty days but a minute', (org) => org.identityProvider('a', { keysExpireAt: daysAgo(-30) }), { a: 'low' });
  boundary('thirty days and a minute', (org) => org.identityProvider('a', { keysExpireAt: daysAgo(-30, -60_000) }), {});
  set('a year', { days: 365 }, (org) => org.identityProvider('a', { keysExpireAt: daysAgo(-300) }), { a: 'low' });
  gone('identity_provider', {});
});

scenes(identityProviderLeftBehind, ({ names, passes, boundary, set, gone }) => {
  const old = { createdAt: daysAgo(400) };
  names(
    'off, or without anybody',
    (org) =>
      org
        .identityProvider('a', { ...old, ...OFF })
        .linked('a', 'ana')
        .identityProvider('b', old),
    {
      a: 'informational',
      b: 'low',
    },
  );
  passes('somebody signs in by it; new; by a card; nobody knows whether it is on', (org) =>
    org
      .identityProvider('a', old)
      .linked('a', 'ana')
      .identityProvider('b', { createdAt: daysAgo(5) })
      .identityProvider('c', { ...old, ...trusting({ category: 'smart_card' }) })
      .identityProvider('d', { ...old, status: 'unknown' }),
  );
  boundary('sixty days and a minute', (org) => org.identityProvider('a', { createdAt: daysAgo(60) }), { a: 'low' });
  boundary('sixty days but a minute', (org) => org.identityProvider('a', { createdAt: daysAgo(60, -60_000) }), {});
  set('ten days', { days: 10 }, (org) => org.identityProvider('a', { createdAt: daysAgo(11) }), { a: 'low' });
  gone('identity_provider', {});
  gone('idp_link', { a: 'low' }, (org) => org.identityProvider('a', old).linked('a', 'ana'));
});
