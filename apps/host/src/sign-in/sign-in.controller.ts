import type { WaysIn } from '@castellan/api';
import type { Storage } from '@castellan/storage';
import { Controller, Get, Inject } from '@nestjs/common';
import { Endpoint } from '../callers/endpoint.js';
import { Examples } from '../docs/examples.js';
import { OidcSignIn } from '../oidc/oidc-sign-in.js';
import { STORAGE } from '../storage/storage-token.js';

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
