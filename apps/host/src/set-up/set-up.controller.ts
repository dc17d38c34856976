import type { SessionView } from '@castellan/api';
import { DEFAULT_WORKSPACE_ID, type Storage, type User } from '@castellan/storage';
import { Body, Controller, Inject, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AuditTrail } from '../audit/audit-trail.js';
import { addressOf } from '../edge/address-of.js';
import { Endpoint } from '../callers/endpoint.js';
import { hashOf } from '../callers/token.js';
import { InputPipe } from '../input/input-pipe.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { Problem } from '../problems/problem.js';
import { SESSION } from '../sessions/session-examples.js';
import { SessionOpening } from '../sessions/session-opening.js';
import { DoorWatch } from '../sign-in/door-watch.js';
import { SignInTries } from '../sign-in/sign-in-tries.js';
import { STORAGE } from '../storage/storage-token.js';
import { SetUpInput } from './set-up-input.js';

@Controller('set-up')
export class SetUpController {
  readonly #storage: Storage;
  readonly #hasher: PasswordHasher;
  readonly #tries: SignInTries;
  readonly #opening: SessionOpening;
  readonly #trail: AuditTrail;
  readonly #door: DoorWatch;

  constructor(
    @Inject(STORAGE) storage: Storage,
    @Inject(PasswordHasher) hasher: PasswordHasher,
    @Inject(SignInTries) tries: SignInTries,
    @Inject(SessionOpening) opening: SessionOpening,
    @Inject(AuditTrail) trail: AuditTrail,
    @Inject(DoorWatch) door: DoorWatch,
  ) {
    this.#storage = storage;
    this.#hasher = hasher;
    this.#tries = tries;
    this.#opening = opening;
    this.#trail = trail;
    this.#door = door;
  }

  @Post()
  @Endpoint({
    access: 'public',
    summary: 'Set the host up: make its first administrator',
    description: 'Once, with the token that the host has printed on its console. The answer sets the cookie of a session.',
    body: {
      token: 'the token from the console',
      email: 'ana@acme.example',
      name: 'Ana Sousa',
      password: 'correct horse battery staple',
      workspace: 'Acme',
    },
    answer: SESSION,
    problems: ['wrong-token', 'already-set-up', 'too-many-tries'],
  })
  async setUp(
    @Body(new InputPipe(SetUpInput)) input: SetUpInput,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    const address = addressOf(request);
    if (await this.#storage.door.isSetUp()) throw alreadySetUp();
    await this.#tries.count(address);
    const passwordHash = await this.#hasher.hash(input.password);
    const user = await this.#door.orRefused('host.set-up', 'set-up', address, () =>
      this.#storage.transaction(() => this.#makeFirst(input, passwordHash, address)),
    );
    await this.#tries.succeeded(address);
    return this.#opening.open(user, 'set-up', request, response);
  }

  async #makeFirst(input: SetUpInput, passwordHash: string, address: string): Promise<User> {
    const taken = await this.#storage.door.takeSetUp(hashOf(input.token.trim()));
    if (taken === 'done before') throw alreadySetUp();
    if (taken === 'wrong token') throw wrongToken();
    const { email, workspace } = input;
    const name = input.name.trim();
    if (workspace !== undefined) await this.#storage.workspaces.rename(DEFAULT_WORKSPACE_ID, workspace.trim());
    const role = 'administrator';
    const user = await this.#storage.users.create(DEFAULT_WORKSPACE_ID, { email, name, role, isOperator: true, passwordHash });
    await this.#trail.byUser(user, address, 'host.set-up', { target: { kind: 'user', id: user.id, name: user.name } });
    return user;
  }
}

function alreadySetUp(): Problem {
  const detail = 'This host is set up already. Sign in, or ask an administrator for an invitation.';
  return new Problem({ code: 'already-set-up', detail });
}

function wrongToken(): Problem {
  const detail = 'This is not the token, or its 24 hours are over. Start the host again: it prints a new one.';
  const errors = [{ field: 'token', message: detail }];
  return new Problem({ code: 'wrong-token', detail, errors });
}
