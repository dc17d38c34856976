import { Drift } from '../src/map/drift.js';
import { mapSignInMethod } from '../src/map/sign-in-method.js';
import { RecordingLogger } from './support/recording-logger.js';

const drift = new Drift(new RecordingLogger());
const C = 'CANARY-4711';

describe('a sign-in method', () => {
  const method = (type: string, status = 'ACTIVE'): object => ({ type, status });
  const mapped = (methods: readonly unknown[] | null, fields: object = {}) =>
    mapSignInMethod(
      { id: 'a', key: 'okta_verify', type: 'app', name: 'Okta Verify', status: 'ACTIVE', ...fields },
      methods,
      drift,
    );

  it.each<[string, readonly unknown[] | null, unknown, unknown]>([
    ['keys only', [method('webauthn')], ['webauthn'], true],
    ['FastPass only', [method('signed_nonce'), method('push', 'INACTIVE')], ['signed_nonce'], true],
    ['FastPass and push', [method('signed_nonce'), method('push')], ['signed_nonce', 'push'], false],
    ['another identity provider', [method('idp')], ['idp'], null],
    ['a new one beside a weak one', [method('telepathy'), method('sms')], ['telepathy', 'sms'], false],
    ['a new one beside a strong one', [method('telepathy'), method('webauthn')], ['telepathy', 'webauthn'], null],
    ['all switched off', [method('sms', 'INACTIVE')], [], null],
    ['not readable', null, null, null],
    ['odd', ['sms', { status: 'ACTIVE' }], [], null],
  ])('is as strong as its weakest method: %s', (_, methods, active, phishingResistant) => {
    expect(mapped(methods)?.data).toMatchObject({ product: 'okta_verify', type: 'app', methods: active, phishingResistant });
  });

  it.each([
    [{ compliance: { fips: 'REQUIRED' } }, true],
    [{ compliance: { fips: 'OPTIONAL' } }, false],
    [{ compliance: { fips: 'SOMETIMES' } }, null],
    [{}, null],
    [undefined, null],
  ])('with the settings %j it is bound to FIPS 140: %s', (settings, fipsOnly) => {
    expect(mapped([method('push')], { settings })?.data.fipsOnly).toBe(fipsOnly);
  });

  it('keeps neither the keys of Duo nor a shared secret', () => {
    const configuration = {
      host: 'api.duo.test',
      integrationKey: C,
      secretKey: C,
      sharedSecret: C,
      userNameTemplate: { template: 'x' },
    };
    const record = mapped([method('duo')], { key: 'duo', provider: { type: 'DUO', configuration } });
    expect(JSON.stringify(record)).not.toContain(C);
    expect(record).toMatchObject({
      data: { provider: 'DUO', phishingResistant: null },
      raw: { provider: { configuration: { host: 'api.duo.test', userNameTemplate: { template: 'x' } } } },
    });
  });
});
