import type { OidcLink } from '@castellan/storage';
import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { CookieOptions, Request, Response } from 'express';
import { addressOf } from '../edge/address-of.js';
import { type Authentication, AUTHENTICATION } from '../callers/caller.guard.js';
import { Endpoint } from '../callers/endpoint.js';
import { cookieOf } from '../callers/session-cookie.js';
import { InputPipe } from '../input/input-pipe.js';
import { Problem } from '../problems/problem.js';
import { SessionOpening } from '../sessions/session-opening.js';
import { DoorWatch } from '../sign-in/door-watch.js';
import { SignIn } from '../sign-in/sign-in.js';
import { SignInTries } from '../sign-in/sign-in-tries.js';
import { OidcInput } from './oidc-input.js';
import { FLOW_SECONDS, OidcSignIn } from './oidc-sign-in.js';

const FLOW_COOKIE = '__Host-castellan-oidc';
/** `lax`: the provider sends the browser back from its own site. */
const OPTIONS = { path: '/', secure: true, httpOnly: true, sameSite: 'lax' } as const satisfies CookieOptions;

@Controller('oidc')
export class OidcController {
  readonly #oidc: OidcSignIn;
  readonly #signIn: SignIn;
  readonly #tries: SignInTries;
  readonly #opening: SessionOpening;
  readonly #door: DoorWatch;
  readonly #authentication: Authentication;

  constructor(
    @Inject(OidcSignIn) oidc: OidcSignIn,
    @Inject(SignIn) signIn: SignIn,
    @Inject(SignInTries) tries: SignInTries,
    @Inject(SessionOpening) opening: SessionOpening,
    @Inject(DoorWatch) door: DoorWatch,
    @Inject(AUTHENTICATION) authentication: Authentication,
  ) {
    this.#oidc = oidc;
    this.#signIn = signIn;
    this.#tries = tries;
    this.#opening = opening;
    this.#door = door;
    this.#authentication = authentication;
  }

  @Post()
  @Endpoint({
    access: 'public',
    summary: 'Begin to sign in at the identity provider',
    description:
      'The answer sets a cookie and says where to send the browser. `link` links the identity to the signed-in user, who repeats the password.',
    body: {},
    answer: { url: 'https://id.acme.example/authorize?client_id=castellan&response_type=code' },
    problems: ['not-found', 'identity-provider-away', 'invitation-void', 'wrong-credentials', 'too-many-tries'],
  })
  @HttpCode(200)
  async begin(
    @Body(new InputPipe(OidcInput)) input: OidcInput,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ readonly url: string }> {
    const address = addressOf(request);
    // Each begins a row: nobody may fill the table. Who comes back from the provider has made good for it.
    await this.#tries.count(address);
    const link = await this.#toLink(input, request, response);
    const { url, cookie } = await this.#oidc.begin(link);
    response.cookie(FLOW_COOKIE, cookie, { ...OPTIONS, maxAge: FLOW_SECONDS * 1_000 });
    return { url };
  }

  @Get('callback')
  @Endpoint({
    access: 'public',
    summary: 'Where the identity provider sends the browser back to',
    description: 'Opens a session and leads to the start page (303).',
    problems: ['not-found', 'oidc-refused', 'no-access', 'link-first', 'identity-taken', 'invitation-void', 'not-signed-in'],
  })
  @HttpCode(303)
  async callback(@Req() request: Request, @Res() response: Response): Promise<void> {
    const address = addressOf(request);
    const cookie = cookieOf(request, FLOW_COOKIE);
    response.clearCookie(FLOW_COOKIE, OPTIONS);
    const query = request.originalUrl.split('?').slice(1).join('?');
    const user = await this.#door.orRefused('session.create', 'oidc', address, () => this.#oidc.finish(cookie, query, address));
    await this.#tries.succeeded(address);
    await this.#opening.open(user, 'oidc', request, response);
    response.redirect(303, '/');
  }

  /** Whom the identity shall belong to from now on. */
  async #toLink({ invitation, link, password }: OidcInput, request: Request, response: Response): Promise<OidcLink | null> {
    if (invitation !== undefined) return this.#oidc.byInvitation(invitation);
    if (link !== true) return null;
    const caller = await this.#authentication.authenticate(request, response);
    if (caller?.kind === 'user') {
      await this.#signIn.confirm(caller, password);
      return { userId: caller.id, sessionId: caller.sessionId, invitationHash: null };
    }
    const detail = 'Sign in first: the identity is linked to the user who is signed in.';
    throw new Problem({ code: 'not-signed-in', detail });
  }
}
