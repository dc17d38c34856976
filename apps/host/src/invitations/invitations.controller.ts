import type { SessionView } from '@castellan/api';
import type { Storage } from '@castellan/storage';
import { Body, Controller, Inject, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AuditTrail } from '../audit/audit-trail.js';
import { addressOf } from '../edge/address-of.js';
import { Endpoint } from '../callers/endpoint.js';
import { hashOf } from '../callers/token.js';
import { InputPipe } from '../input/input-pipe.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { SESSION } from '../sessions/session-examples.js';
import { SessionOpening } from '../sessions/session-opening.js';
import { DoorWatch } from '../sign-in/door-watch.js';
import { SignInTries } from '../sign-in/sign-in-tries.js';
import { STORAGE } from '../storage/storage-token.js';
import { InvitationInput } from './invitation-input.js';
import { invitationVoid } from './invitation-void.js';

/** Where an invited person comes in. */
@Controller('invitations')
export class InvitationsController {
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

  @Post('accept')
  @Endpoint({
    access: 'public',
    summary: 'Take up an invitation: set the password and sign in',
    description: 'Every earlier session and linked identity of the user ends, and the invitation is used up.',
    body: { token: 'the token of the invitation', password: 'correct horse battery staple' },
    answer: SESSION,
    problems: ['invitation-void', 'too-many-tries'],
  })
  async accept(
    @Body(new InputPipe(InvitationInput)) input: InvitationInput,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    const address = addressOf(request);
    await this.#tries.count(address);
    const passwordHash = await this.#hasher.hash(input.password);
    const tokenHash = hashOf(input.token.trim());
    const user = await this.#door.orRefused('invitation.accept', 'invitation', address, () =>
      this.#storage.transaction(async () => {
        const invited = await this.#storage.credentials.takeInvitation(tokenHash);
        if (invited === undefined) throw invitationVoid();
        // A reset is for who has lost control of the account: what somebody else has linked to it goes, too.
        await this.#storage.credentials.unlink(invited.id);
        const changed = await this.#storage.credentials.setPassword(invited.id, passwordHash);
        if (changed === undefined) throw invitationVoid();
        const target = { kind: 'user', id: changed.id, name: changed.name };
        await this.#trail.byUser(changed, address, 'invitation.accept', { target });
        return changed;
      }),
    );
    await this.#tries.succeeded(address, user.email);
    return this.#opening.open(user, 'invitation', request, response);
  }
}
