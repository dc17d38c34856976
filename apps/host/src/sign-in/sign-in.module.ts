import type { Storage } from '@castellan/storage';
import { type DynamicModule, Module } from '@nestjs/common';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { STORAGE } from '../storage/storage-token.js';
import { DoorKeeping } from './door-keeping.js';
import { DoorWatch } from './door-watch.js';
import { SignIn } from './sign-in.js';
import { SignInTries } from './sign-in-tries.js';

/** What every way in needs: passwords and counted tries. */
@Module({})
export class SignInModule {
  static register(hasher: PasswordHasher): DynamicModule {
    return {
      module: SignInModule,
      global: true,
      providers: [
        { provide: PasswordHasher, useValue: hasher },
        { provide: SignInTries, useFactory: (storage: Storage) => new SignInTries(storage), inject: [STORAGE] },
        SignIn,
        DoorKeeping,
        DoorWatch,
      ],
      exports: [PasswordHasher, SignInTries, SignIn, DoorWatch],
    };
  }
}
