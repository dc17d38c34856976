import type { UserView } from '@castellan/api';
import { at, patch, remove } from '../api/ask.js';

interface UserAct {
  readonly title: (name: string) => string;
  /** What happens. */
  readonly what: (name: string) => string;
  readonly label: string;
  readonly danger: boolean;
  readonly ask: (user: UserView) => Promise<unknown>;
}

/** What is done to a user and has to be confirmed. */
export const USER_ACTS = {
  disable: {
    title: (name) => `Disable ${name}?`,
    what: (name) =>
      `${name} is signed out everywhere at once and cannot come in again until somebody enables the account. An open invitation is void. What ${name} has made stays, API keys too.`,
    label: 'Disable',
    danger: true,
    ask: ({ id }) => patch<UserView>(at('users', id), { disabled: true }),
  },
  enable: {
    title: (name) => `Enable ${name}?`,
    what: (name) => `${name} can sign in again as before. Who has never set a password needs a new invitation.`,
    label: 'Enable',
    danger: false,
    ask: ({ id }) => patch<UserView>(at('users', id), { disabled: false }),
  },
  unlink: {
    title: (name) => `Unlink ${name} from the identity provider?`,
    what: (name) =>
      `Nobody comes in as ${name} over the identity provider any more, and all sessions of ${name} end. Without a password ${name} needs a new invitation.`,
    label: 'Unlink',
    danger: true,
    ask: ({ id }) => remove(at('users', id, 'identities')),
  },
  remove: {
    title: (name) => `Remove ${name}?`,
    what: (name) =>
      `The account is gone for good, and ${name} is signed out everywhere at once. The audit log keeps what ${name} did. API keys that ${name} has made go on working: revoke them if they should not.`,
    label: 'Remove',
    danger: true,
    ask: ({ id }) => remove(at('users', id)),
  },
} as const satisfies Record<string, UserAct>;

export type UserActName = keyof typeof USER_ACTS;
