import type { Assertion, OAuthClient } from '@castellan/connector-sdk';
import { oauthClientWithUnsafeGrants } from '../../src/checks/applications/oauth-client-with-unsafe-grants.js';
import { oauthClientWithoutAuthentication } from '../../src/checks/applications/oauth-client-without-authentication.js';
import { oauthClientWithoutProofKey } from '../../src/checks/applications/oauth-client-without-proof-key.js';
import { unsafeRedirectAddress } from '../../src/checks/applications/unsafe-redirect-address.js';
import { weaklySignedAssertions } from '../../src/checks/applications/weakly-signed-assertions.js';
import { evidenceOf, look, scenes, written } from '../fixtures/scenes.js';

/** One that is as it should be. */
const client = (said: Partial<OAuthClient> = {}): { readonly oauthClient: OAuthClient } => ({
  oauthClient: {
    type: 'web',
    grantTypes: ['authorization_code'],
    responseTypes: ['code'],
    authentication: 'key',
    redirectUris: ['https://app.example.com/back'],
    wildcardRedirects: false,
    boundTokens: true,
    proofKey: true,
    ...said,
  },
});
const OFF = { status: 'inactive' } as const;

scenes(oauthClientWithUnsafeGrants, ({ names, passes, boundary, set, gone }) => {
  names(
    'the implicit one, or that of a password',
    (org) =>
      org
        .application('a', client({ grantTypes: ['authorization_code', 'implicit'], authentication: 'none' }))
        .application('b', client({ grantTypes: ['password'] }))
        .application('c', client({ grantTypes: ['password', 'refresh_token'], authentication: 'none' })),
    { a: 'high', b: 'high', c: 'critical' },
  );
  passes('others; switched off; no client', (org) =>
    org
      .application('a', client({ grantTypes: ['authorization_code', 'refresh_token', 'client_credentials'] }))
      .application('b', { ...client({ grantTypes: ['implicit'] }), ...OFF })
      .application('c'),
  );
  boundary('a grant whose name only begins so', (org) => org.application('a', client({ grantTypes: ['implicit_x'] })), {});
  set(
    'another list',
    { grants: ['device'] },
    (org) => org.application('a', client({ grantTypes: ['implicit'] })).application('b', client({ grantTypes: ['device'] })),
    {
      b: 'high',
    },
  );
  gone('application', {});
});

scenes(oauthClientWithoutAuthentication, ({ names, passes, boundary, gone, untold }) => {
  names(
    'a server, with and without a proof key, and a program',
    (org) =>
      org
        .application('a', client({ authentication: 'none', proofKey: false }))
        .application('b', client({ authentication: 'none' }))
        .application('c', client({ authentication: 'none', type: 'service', proofKey: null })),
    { a: 'high', b: 'medium', c: 'critical' },
  );
  passes('in a browser or on a device, where nothing can be kept; switched off', (org) =>
    org
      .application('a', client({ authentication: 'none', type: 'browser' }))
      .application('b', client({ authentication: 'none', type: 'native' }))
      .application('c', { ...client({ authentication: 'none' }), ...OFF })
      .application('d', client({ authentication: 'unknown', type: 'browser' })),
  );
  untold(
    'of one nobody says how it proves what it is, of another not what it is',
    (org) =>
      org
        .application('a', client({ authentication: 'unknown' }))
        .application('b', client({ authentication: 'none', type: 'unknown' }))
        .application('c', client({ authentication: 'none' })),
    ['application.oauthClient.authentication', 'application.oauthClient.type'],
    { c: 'medium' },
  );
  boundary('a secret', (org) => org.application('a', client({ authentication: 'secret' })), {});
  gone('application', {});
});

scenes(oauthClientWithoutProofKey, ({ names, passes, boundary, gone, untold }) => {
  names(
    'in a browser, on a device, with a secret',
    (org) =>
      org
        .application('a', client({ type: 'browser', authentication: 'none', proofKey: false }))
        .application('b', client({ type: 'native', authentication: 'none', proofKey: false }))
        .application('c', client({ type: 'native', authentication: 'secret', proofKey: false })),
    { a: 'high', b: 'high', c: 'medium' },
  );
  passes('on a server; another grant; switched off', (org) =>
    org
      .application('a', client({ proofKey: false }))
      .application('b', client({ type: 'browser', proofKey: false, grantTypes: ['implicit'] }))
      .application('c', { ...client({ type: 'native', proofKey: false }), ...OFF }),
  );
  boundary('it is not needed on a server', (org) => org.application('a', client({ proofKey: null })), {});
  untold('nobody says whether it is needed', (org) => org.application('a', client({ type: 'browser', proofKey: null })), [
    'application.oauthClient.proofKey',
  ]);
  gone('application', {});
});

scenes(unsafeRedirectAddress, ({ names, passes, boundary, set, gone }) => {
  names(
    'without encryption, with a part that may be anything, to the own machine',
    (org) =>
      org
        .application('a', client({ redirectUris: ['http://app.example.com/back', 'http://localhost:3000/'] }))
        .application('b', client({ redirectUris: ['https://*.example.com/back'], wildcardRedirects: true }))
        .application('c', client({ redirectUris: ['https://*.example.com/back'], wildcardRedirects: null }))
        .application('d', client({ redirectUris: ['http://127.0.0.1:8080/cb', 'https://app.example.com/'] }))
        .application('e', client({ type: 'native', redirectUris: ['HTTP://app.example.com/back'] })),
    { a: 'high', b: 'high', c: 'high', d: 'low', e: 'high' },
  );
  passes('a device that is sent to itself; a star that means nothing; switched off; none at all', (org) =>
    org
      .application(
        'a',
        client({ type: 'native', redirectUris: ['http://localhost/cb', 'http://[::1]:9/cb', 'com.example.app:/cb'] }),
      )
      .application('b', client({ redirectUris: ['https://app.example.com/*'], wildcardRedirects: false }))
      .application('c', { ...client({ redirectUris: ['http://app.example.com/back'] }), ...OFF })
      .application('d', client({ redirectUris: [] }))
      .application('e'),
  );
  boundary(
    'a host that only begins as the own machine does',
    (org) => org.application('a', client({ redirectUris: ['http://localhost.example.com/'] })),
    {
      a: 'high',
    },
  );
  boundary(
    'whom it lets in is not where it goes',
    (org) => org.application('a', client({ redirectUris: ['http://localhost@app.example.com/'] })),
    {
      a: 'high',
    },
  );
  set(
    'known domains',
    { domains: ['Example.com'] },
    (org) =>
      org
        .application(
          'a',
          client({ redirectUris: ['https://app.example.com/', 'https://example.com:8443/x', 'com.acme.app:/cb'] }),
        )
        .application('b', client({ redirectUris: ['https://notexample.com/'] }))
        .application('c', client({ redirectUris: ['https://example.com.acme.example.org/'] })),
    { b: 'high', c: 'high' },
  );
  gone('application', {});
  test('evidence says which', async () => {
    const org = await written((one) =>
      one.application(
        'a',
        client({ redirectUris: ['http://b.example.com/', 'http://a.example.com/', 'https://c.example.com/'] }),
      ),
    );
    await look(unsafeRedirectAddress, org);
    expect(await evidenceOf(org, unsafeRedirectAddress, 'a')).toEqual({
      label: 'a',
      type: 'web',
      unencrypted: ['http://a.example.com/', 'http://b.example.com/'],
      wildcards: [],
      local: [],
      foreign: [],
      count: 2,
      isOnlyLocal: false,
    });
  });
});

/** One that is as it should be. */
const signed = (said: Partial<Assertion> = {}): { readonly assertion: Assertion; readonly signOnMethod: 'saml' } => ({
  signOnMethod: 'saml',
  assertion: {
    version: '2.0',
    signatureAlgorithm: 'RSA_SHA256',
    digestAlgorithm: 'SHA256',
    responseSigned: true,
    assertionSigned: true,
    audience: null,
    address: null,
    ...said,
  },
});

scenes(weaklySignedAssertions, ({ names, passes, boundary, gone, untold }) => {
  names(
    'by an algorithm that is broken, in an old form, in part or not at all',
    (org) =>
      org
        .application('a', signed({ signatureAlgorithm: 'RSA_SHA1' }))
        .application('b', signed({ digestAlgorithm: 'http://www.w3.org/2000/09/xmldsig#sha1' }))
        .application('c', signed({ version: '1.1' }))
        .application('d', {
          ...signed({ version: null, signatureAlgorithm: null, responseSigned: null }),
          signOnMethod: 'ws_federation',
        })
        .application('e', signed({ responseSigned: false }))
        .application('f', signed({ assertionSigned: false }))
        .application('g', signed({ responseSigned: false, assertionSigned: false }))
        .application('i', { signOnMethod: 'ws_federation' })
        .application('h', signed({ assertionSigned: false, signatureAlgorithm: 'SHA-1' })),
    { a: 'medium', b: 'medium', c: 'medium', d: 'medium', e: 'low', f: 'low', g: 'high', h: 'medium', i: 'medium' },
  );
  passes('well; switched off; nothing is said', (org) =>
    org
      .application('a', signed())
      .application('b', { ...signed({ signatureAlgorithm: 'RSA_SHA1' }), ...OFF })
      .application(
        'c',
        signed({ version: null, signatureAlgorithm: null, digestAlgorithm: null, responseSigned: null, assertionSigned: null }),
      )
      .application('d', { signOnMethod: 'openid' }),
  );
  const silent = signed({ signatureAlgorithm: null, digestAlgorithm: null, responseSigned: null, assertionSigned: null });
  untold('nothing is said of any', (org) => org.application('a', silent), ['application.assertion.signatureAlgorithm']);
  untold(
    'of one a part is said',
    (org) => org.application('a', signed({ digestAlgorithm: null })).application('b', signed({ assertionSigned: false })),
    ['application.assertion.digestAlgorithm'],
    { b: 'low' },
  );
  boundary(
    'an algorithm whose number only begins with one',
    (org) => org.application('a', signed({ signatureAlgorithm: 'RSA_SHA128' })),
    {},
  );
  gone('application', {});
});
