import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { CookieOptions, Request, Response } from 'express';
import { addressOf } from '../edge/address-of.js';
import { type Authentication, AUTHENTICATION } from '../callers/caller.guard.js';
import { Endpoint } from '../callers/endpoint.js';
import { cookieOf } from '../callers/session-cookie.js';
import { InputPipe } from '../input/input-pipe.js';
import { Problem } from '../problems/problem.js';
import { SessionOpening } from '../sessions/session-opening.js';
import { SignInTries } from '../sign-in/sign-in-tries.js';
import { OidcInput } from './oidc-input.js';
import { FLOW_SECONDS, OidcSignIn } from './oidc-sign-in.js';

const FLOW_COOKIE = '__Host-castellan-oidc';
/** `lax`: the provider sends the browser back from its own site. */
const OPTIONS = { path: '/', secure: true, httpOnly: true, sameSite: 'lax' } as const satisfies CookieOptions;

@Controller('oidc')
export class OidcController {
  readonly #signIn: OidcSignIn;
  readonly #tries: SignInTries;
  readonly #opening: SessionOpening;
  readonly #authentication: Authentication;

  constructor(
    @Inject(OidcSignIn) signIn: OidcSignIn,
    @Inject(SignInTries) tries: SignInTries,
    @Inject(SessionOpening) opening: SessionOpening,
    @Inject(AUTHENTICATION) authentication: Authentication,
  ) {
    this.#signIn = signIn;
    this.#tries = tries;
    this.#opening = opening;
    this.#authentication = authentication;
  }

  @Post()
  @Endpoint({
    access: 'public',
    summary: 'Begin to sign in at the identity provider',
    description:
      'The answer sets a cookie and says where to send the browser. `link` links the identity to the signed-in user.',
    body: {},
    answer: { url: 'https://id.acme.example/authorize?client_id=castellan&response_type=code' },
    problems: ['not-found', 'identity-provider-away', 'invitation-void', 'too-many-tries'],
  })
  @HttpCode(200)
  async begin(
    @Body(new InputPipe(OidcInput)) input: OidcInput,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ readonly url: string }> {
    const userId = await this.#toLink(input, request, response);
    const { url, cookie } = await this.#signIn.begin(userId);
    response.cookie(FLOW_COOKIE, cookie, { ...OPTIONS, maxAge: FLOW_SECONDS * 1_000 });
    return { url };
  }

  @Get('callback')
  @Endpoint({
    access: 'public',
    summary: 'Where the identity provider sends the browser back to',
    description: 'Opens a session and leads to the start page (303).',
    problems: ['not-found', 'oidc-refused', 'no-access', 'link-first', 'identity-taken', 'too-many-tries'],
  })
  @HttpCode(303)
  async callback(@Req() request: Request, @Res() response: Response): Promise<void> {
    const address = addressOf(request);
    await this.#tries.count(address);
    const cookie = cookieOf(request, FLOW_COOKIE);
    response.clearCookie(FLOW_COOKIE, OPTIONS);
    const query = request.originalUrl.split('?').slice(1).join('?');
    const user = await this.#signIn.finish(cookie, query, address);
    await this.#tries.succeeded(address);
    await this.#opening.open(user, 'oidc', request, response);
    response.redirect(303, '/');
  }

  /** Whom the identity shall belong to from now on. */
  async #toLink({ invitation, link }: OidcInput, request: Request, response: Response): Promise<string | null> {
    if (invitation !== undefined) {
      await this.#tries.count(addressOf(request));
      return (await this.#signIn.invited(invitation)).id;
    }
    if (link !== true) return null;
    const caller = await this.#authentication.authenticate(request, response);
    if (caller?.kind === 'user') return caller.id;
    const detail = 'Sign in first: the identity is linked to the user who is signed in.';
    throw new Problem({ code: 'not-signed-in', detail });
  }
}
