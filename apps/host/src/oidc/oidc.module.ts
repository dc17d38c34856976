import { type DynamicModule, Module } from '@nestjs/common';
import { SignInController } from '../sign-in/sign-in.controller.js';
import { OidcController } from './oidc.controller.js';
import type { OidcProvider } from './oidc-provider.js';
import { OIDC_PROVIDER, OidcSignIn } from './oidc-sign-in.js';

@Module({})
export class OidcModule {
  static register(provider: OidcProvider | undefined): DynamicModule {
    return {
      module: OidcModule,
      controllers: [OidcController, SignInController],
      providers: [{ provide: OIDC_PROVIDER, useValue: provider }, OidcSignIn],
      exports: [OidcSignIn],
    };
  }
}
