import { type ConfigClass, OriginField, SecretField, TextField, VariantField } from '@castellan/form-schema';
import {
  AuthError,
  ConfigError,
  type ConnectionCheck,
  defineConnector,
  defineStream,
  InternalError,
  PermissionError,
  RateLimitError,
  TransientError,
  UpstreamError,
} from '../src/index.js';
import { syncContext } from './sample-connector.js';

class ByToken {
  readonly method!: 'token';
  @SecretField({ label: 'API token' }) readonly secret!: string;
}
class ByPassword {
  readonly method!: 'password';
  @SecretField({ label: 'Password' }) readonly secret!: string;
}
class Settings {
  @TextField({ label: 'Organisation' }) readonly organisation!: string;
  @VariantField({
    label: 'Sign-in',
    discriminator: 'method',
    variants: [
      { value: 'token', label: 'Token', config: ByToken },
      { value: 'password', label: 'Password', config: ByPassword },
    ],
  })
  readonly auth!: ByToken | ByPassword;
}

const CONFIG: Settings = { organisation: 'acme', auth: { method: 'password', secret: 'not to be told' } };

const stream = defineStream<object>();
const groups = stream({
  name: 'groups',
  kind: 'group',
  requires: ['groups:read', 'directory'],
  semantics: 'snapshot',
  parseCursor: (saved) => saved,
  async *read() {
    yield { records: [], next: null };
  },
});

/** The rows of a connector whose probe throws. */
async function rowsAfter(
  error: unknown,
  form: ConfigClass = Settings,
  config: object = CONFIG,
): Promise<readonly ConnectionCheck[]> {
  const connector = defineConnector<object, object>({
    id: 'sample',
    displayName: 'Sample',
    config: form,
    connect: () => ({}),
    probe: async () => {
      throw error;
    },
    streams: [groups],
  });
  const { checks } = await connector.testConnection({ ...syncContext(), config });
  return checks;
}

const message = 'It did not work.';

describe('a probe that throws becomes a row that says who does what', () => {
  test.each([
    [new AuthError({ message, field: 'auth.secret' }), 'you', 'Check "Password", then test again.'],
    [new AuthError({ message }), 'you', 'Check the credential, then test again.'],
    [new ConfigError({ message, field: '' }), 'you', 'Check the settings, then test again.'],
    [new ConfigError({ message, field: 'organisation' }), 'you', 'Check "Organisation", then test again.'],
    [new ConfigError({ message, field: 'auth' }), 'you', 'Check "Sign-in", then test again.'],
    [new ConfigError({ message, field: 'auth.scope' }), 'you', 'Check the setting auth.scope, then test again.'],
    [
      new PermissionError({ message, missing: ['groups:read'] }),
      'you',
      'Grant groups:read to the credential at the provider, then test again.',
    ],
    // Nobody has said which: what the streams need.
    [
      new PermissionError({ message, missing: [] }),
      'you',
      'Grant groups:read, directory to the credential at the provider, then test again.',
    ],
    [new RateLimitError({ message, retryAt: new Date(0) }), 'provider', 'Test again in a few minutes.'],
    [new TransientError({ message }), 'provider', 'Test again in a few minutes.'],
    [new UpstreamError({ message }), 'provider', 'Test again later; if it stays so, tell whoever maintains the connector.'],
    [new InternalError({ message }), 'castellan', "Look at the operator's log, then test again."],
    [new TypeError('x is undefined'), 'castellan', "Look at the operator's log, then test again."],
  ] as const)('%p', async (error, turn, todo) => {
    const rows = await rowsAfter(error);
    expect(rows).toEqual([expect.objectContaining({ name: 'connection', status: 'failed', blocks: 'connection', turn, todo })]);
    expect(JSON.stringify(rows)).not.toContain('not to be told');
  });

  test('an answer that makes no sense is for whoever gave the address, where there is a setting for it', async () => {
    class Addressed {
      @OriginField({ label: 'Server' }) readonly server!: string;
    }
    const [row] = await rowsAfter(new UpstreamError({ message }), Addressed, { server: 'https://acme.example' });
    expect(row).toMatchObject({
      turn: 'you',
      todo: 'Check "Server", then test again; if it is right, tell whoever maintains the connector.',
    });
  });

  test('what the error says of itself stays as it is', async () => {
    const [row] = await rowsAfter(new PermissionError({ message, missing: [] }));
    expect(row?.error).toEqual({ kind: 'permission', message, missing: [] });
  });
});
