import { administrationKinds } from './administration-kinds.js';
import { applicationKinds } from './application-kinds.js';
import type { ChangeKind } from './change-kind.js';
import { directoryKinds } from './directory-kinds.js';
import { settingKinds } from './setting-kinds.js';
import { signInKinds } from './sign-in-kinds.js';

/** Everything that can be made to happen in a simulated org, by name. */
export const changeKinds: readonly ChangeKind[] = [
  ...directoryKinds,
  ...applicationKinds,
  ...administrationKinds,
  ...signInKinds,
  ...settingKinds,
];
