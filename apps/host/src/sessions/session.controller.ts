import type { OpenSessionView, SessionView } from '@castellan/api';
import { type SessionLimits, type Storage } from '@castellan/storage';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AuditTrail } from '../audit/audit-trail.js';
import { addressOf } from '../edge/address-of.js';
import { Asking, type Caller } from '../callers/caller.js';
import { Endpoint } from '../callers/endpoint.js';
import { clearSessionCookie } from '../callers/session-cookie.js';
import { InputPipe } from '../input/input-pipe.js';
import { readId } from '../input/parameters.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { notFound, Problem } from '../problems/problem.js';
import { SignIn } from '../sign-in/sign-in.js';
import { SignInInput } from '../sign-in/sign-in-input.js';
import { STORAGE } from '../storage/storage-token.js';
import { PasswordInput } from './password-input.js';
import { CALLER_ANSWER, OPEN_SESSION, SESSION } from './session-examples.js';
import { SESSION_LIMITS, SessionOpening } from './session-opening.js';
import { openSessionView } from './session-views.js';

@Controller()
export class SessionController {
  readonly #storage: Storage;
  readonly #opening: SessionOpening;
  readonly #signIn: SignIn;
  readonly #hasher: PasswordHasher;
  readonly #trail: AuditTrail;
  readonly #limits: SessionLimits;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(SessionOpening) opening: SessionOpening,
    @Inject(SignIn) signIn: SignIn,
    @Inject(PasswordHasher) hasher: PasswordHasher,
    @Inject(AuditTrail) trail: AuditTrail,
    @Inject(SESSION_LIMITS) limits: SessionLimits,
  ) {
    this.#storage = storage;
    this.#opening = opening;
    this.#signIn = signIn;
    this.#hasher = hasher;
    this.#trail = trail;
    this.#limits = limits;
  }

  @Post('session')
  @Endpoint({
    access: 'public',
    summary: 'Sign in',
    description: 'The answer sets the cookie of the session. Ten tries in 15 minutes an account, fifty a network.',
    body: { email: 'ana@acme.example', password: 'correct horse battery staple' },
    answer: SESSION,
    problems: ['wrong-credentials', 'too-many-tries'],
  })
  @HttpCode(200)
  async signIn(
    @Body(new InputPipe(SignInInput)) input: SignInInput,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    const user = await this.#signIn.withPassword(input.email, input.password, addressOf(request));
    return this.#opening.open(user, 'password', request, response);
  }

  @Get('session')
  @Endpoint({ access: 'signed-in', summary: 'Show who is asking and what he may', answer: CALLER_ANSWER })
  show(@Asking() caller: Caller): Promise<SessionView> {
    return this.#opening.view(caller);
  }

  @Delete('session')
  @Endpoint({ access: 'signed-in', summary: 'Sign out', problems: ['needs-user'] })
  @HttpCode(204)
  async signOut(@Asking() caller: Caller, @Res({ passthrough: true }) response: Response): Promise<void> {
    const { sessionId } = requireUser(caller);
    await this.#end(caller, sessionId);
    clearSessionCookie(response);
  }

  @Post('session/password')
  @Endpoint({
    access: 'signed-in',
    summary: 'Change the own password',
    description: 'Every other session of the user ends; this one goes on with a new cookie.',
    body: { currentPassword: 'correct horse battery staple', newPassword: 'a longer phrase than before' },
    answer: SESSION,
    problems: ['needs-user', 'wrong-credentials', 'too-many-tries'],
  })
  @HttpCode(200)
  async changePassword(
    @Asking() caller: Caller,
    @Body(new InputPipe(PasswordInput)) input: PasswordInput,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    const { userId } = requireUser(caller);
    const user = await this.#signIn.again(userId, input.currentPassword, caller.address);
    const passwordHash = await this.#hasher.hash(input.newPassword);
    const changed = await this.#trail.record(caller, 'user.change-password', async (notes) => {
      notes.target = { kind: 'user', id: user.id, name: user.name };
      return this.#storage.credentials.setPassword(user.id, passwordHash);
    });
    if (changed === undefined)
      throw new Problem({ code: 'not-signed-in', detail: 'Your account was disabled in this moment.' });
    return this.#opening.open(changed, 'password', request, response);
  }

  @Delete('session/identities')
  @Endpoint({
    access: 'signed-in',
    summary: 'Unlink the own account from the identity provider',
    problems: ['needs-user', 'no-other-way-in'],
  })
  @HttpCode(204)
  async unlink(@Asking() caller: Caller): Promise<void> {
    const { userId } = requireUser(caller);
    await this.#trail.record(caller, 'user.unlink-identities', async (notes) => {
      const user = await this.#storage.users.get(caller.workspaceId, userId);
      if (user?.hasPassword !== true) throw noOtherWayIn();
      notes.target = { kind: 'user', id: user.id, name: user.name };
      notes.before = { identities: await this.#storage.credentials.unlink(userId) };
    });
  }

  @Get('sessions')
  @Endpoint({
    access: 'signed-in',
    summary: 'List the own sessions',
    answer: { items: [OPEN_SESSION] },
    problems: ['needs-user'],
  })
  async list(@Asking() caller: Caller): Promise<{ readonly items: readonly OpenSessionView[] }> {
    const sessions = await this.#storage.sessions.list(requireUser(caller).userId, this.#limits.idleSeconds);
    return { items: sessions.map((session) => openSessionView(session, caller)) };
  }

  @Delete('sessions/:id')
  @Endpoint({ access: 'signed-in', summary: 'End one of the own sessions', problems: ['needs-user', 'not-found'] })
  @HttpCode(204)
  async end(@Asking() caller: Caller, @Param('id') id: string): Promise<void> {
    requireUser(caller);
    await this.#end(caller, readId(id, 'id', 'session'));
  }

  async #end(caller: Caller, sessionId: string): Promise<void> {
    await this.#trail.record(caller, 'session.end', async (notes) => {
      notes.target = { kind: 'session', id: sessionId };
      if (!(await this.#storage.sessions.end(caller.id, sessionId))) throw notFound('id', 'session with this id');
    });
  }
}

/** @throws Problem (403) for an API key: it has neither a session nor a password. */
function requireUser(caller: Caller): { readonly userId: string; readonly sessionId: string } {
  if (caller.kind === 'user' && caller.sessionId !== null) return { userId: caller.id, sessionId: caller.sessionId };
  const detail = 'Only a signed-in user can do this, not an API key.';
  throw new Problem({ code: 'needs-user', detail });
}

function noOtherWayIn(): Problem {
  const detail = 'You have no password, and could not sign in any more. Ask an administrator for an invitation: it sets one.';
  return new Problem({ code: 'no-other-way-in', detail });
}
