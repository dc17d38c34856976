import type { Storage } from '@castellan/storage';
import { Controller, Get, Inject } from '@nestjs/common';
import { Endpoint } from '../callers/endpoint.js';
import { Examples } from '../docs/examples.js';
import { OidcSignIn } from '../oidc/oidc-sign-in.js';
import { STORAGE } from '../storage/storage-token.js';

/** What a page for signing in has to know, and no more. */
interface WaysIn {
  /** Whether the first administrator has still to be made. */
  readonly needsSetUp: boolean;
  /** The button of the identity provider; `null`: there is none. */
  readonly oidc: { readonly name: string } | null;
}

const WAYS_IN = new Examples({
  'with an identity provider': { needsSetUp: false, oidc: { name: 'Acme SSO' } },
  'at the first start': { needsSetUp: true, oidc: null },
});

@Controller('sign-in')
export class SignInController {
  readonly #storage: Storage;
  readonly #oidc: OidcSignIn;

  constructor(@Inject(STORAGE) storage: Storage, @Inject(OidcSignIn) oidc: OidcSignIn) {
    this.#storage = storage;
    this.#oidc = oidc;
  }

  @Get()
  @Endpoint({ access: 'public', summary: 'Show the ways in', answer: WAYS_IN })
  async show(): Promise<WaysIn> {
    const { name } = this.#oidc;
    return { needsSetUp: !(await this.#storage.door.isSetUp()), oidc: name === undefined ? null : { name } };
  }
}
