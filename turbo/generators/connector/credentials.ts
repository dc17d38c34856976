import type { Credential } from './answers.js';

/** The parts of a connector that depend on how it signs in. Code of the package that is made, so every text is TypeScript. */
export interface CredentialCode {
  /** Decorators that the settings import beside OriginField. */
  readonly decorators: readonly string[];
  /** Properties of the settings. */
  readonly fields: string;
  /** Options of the client's `http(...)` beside `origin`. */
  readonly httpOptions: string;
  /** Members of the client besides. */
  readonly members: string;
  /** What the client imports from the SDK besides. */
  readonly imports: readonly string[];
  /** Made by the fake provider, for one tenant. */
  readonly fake: string;
  /** What the fake provider imports from the test kit for it. */
  readonly fakeImport: string;
  /** Settings of a test, for the tenant. */
  readonly settings: string;
}

const SECRET_HELP = 'Where it is made, and which permissions it needs: tell people here.';

export const CREDENTIAL_CODE: Readonly<Record<Credential, CredentialCode>> = {
  token: {
    decorators: ['SecretField'],
    fields: `@SecretField({ label: 'API token', help: '${SECRET_HELP}' })
  readonly token!: string;`,
    httpOptions: 'authorize: () => ({ authorization: `Bearer ${config.token}` }),',
    members: '',
    imports: [],
    fake: 'bearer(`token-of-${tenant}`)',
    fakeImport: 'bearer',
    settings: 'token: `token-of-${tenant}`',
  },
  'api-key': {
    decorators: ['SecretField'],
    fields: `@SecretField({ label: 'API key', help: '${SECRET_HELP}' })
  readonly apiKey!: string;`,
    httpOptions: "authorize: () => ({ 'x-api-key': config.apiKey }),",
    members: '',
    imports: [],
    fake: "apiKey('x-api-key', `key-of-${tenant}`)",
    fakeImport: 'apiKey',
    settings: 'apiKey: `key-of-${tenant}`',
  },
  basic: {
    decorators: ['SecretField', 'TextField'],
    fields: `@TextField({ label: 'User name' })
  readonly username!: string;

  @SecretField({ label: 'Password', help: '${SECRET_HELP}' })
  readonly password!: string;`,
    httpOptions: `authorize: () => {
        const pair = Buffer.from(\`\${config.username}:\${config.password}\`).toString('base64');
        return { authorization: \`Basic \${pair}\` };
      },`,
    members: '',
    imports: [],
    fake: 'basic(`reader-of-${tenant}`, `password-of-${tenant}`)',
    fakeImport: 'basic',
    settings: 'username: `reader-of-${tenant}`, password: `password-of-${tenant}`',
  },
  'client-credentials': {
    decorators: ['SecretField', 'TextField'],
    fields: `@TextField({ label: 'Client ID' })
  readonly clientId!: string;

  @SecretField({ label: 'Client secret', help: '${SECRET_HELP}' })
  readonly clientSecret!: string;`,
    httpOptions: `authorize: async () => ({ authorization: \`Bearer \${await this.#accessToken()}\` }),
      // The token was revoked, or our clock is wrong: one more try with a new one. Of many requests that are refused at once
      // the first has it replaced; the others find one that was only just asked for, and take that.
      reauthorize: async () => {
        if (context.now().getTime() - this.#tokenSince > FRESH_MS) this.#token = undefined;
        return true;
      },
      toError: tokenError,`,
    members: `
  /** One question at a time, however many requests wait for the answer. */
  #accessToken(): Promise<string> {
    const now = this.#context.now().getTime();
    if (this.#token === undefined || now >= this.#tokenEnds) this.#token = this.#askForToken(now);
    return this.#token;
  }

  async #askForToken(now: number): Promise<string> {
    // Until the answer says how long it is good, nobody asks again.
    this.#tokenEnds = Number.POSITIVE_INFINITY;
    this.#tokenSince = now;
    try {
      const { clientId, clientSecret } = this.#context.config;
      const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
      const { body } = await this.#http.send({ method: 'POST', url: TOKEN_PATH, form, authorized: false });
      const token = textIn(body, 'access_token');
      if (token === null) throw new UpstreamError({ message: 'The answer to the question for a token has no token.' });
      this.#tokenEnds = now + (numberIn(body, 'expires_in') ?? 60) * 1_000 - SAFETY_MS;
      return token;
    } catch (error) {
      this.#token = undefined;
      throw error;
    }
  }
`,
    imports: ['AuthError', 'type HttpResponse', 'UpstreamError'],
    fake: "clientCredentials({ tokenPath: '/oauth/token', clientId: `client-of-${tenant}`, clientSecret: `secret-of-${tenant}` })",
    fakeImport: 'clientCredentials',
    settings: 'clientId: `client-of-${tenant}`, clientSecret: `secret-of-${tenant}`',
  },
};
