import type { Role, UserView, WayOfSignIn } from '@castellan/api';
import { IconCircleCheck, IconCircleOff, IconMail, IconMailOff } from '@tabler/icons-react';
import type { StateLook } from '../states/state-look.js';

export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  administrator: 'Administrator',
  analyst: 'Analyst',
  viewer: 'Viewer',
};

const LOOKS: Readonly<Record<UserView['state'] | 'lapsed', StateLook>> = {
  invited: { icon: IconMail, word: 'Invited', color: 'blue' },
  lapsed: { icon: IconMailOff, word: 'Invitation over', color: 'yellow' },
  active: { icon: IconCircleCheck, word: 'Active', color: 'green' },
  disabled: { icon: IconCircleOff, word: 'Disabled', color: 'gray' },
};

/** @param now milliseconds since 1970 */
export function userLook({ state, invitedUntil }: Pick<UserView, 'state' | 'invitedUntil'>, now: number): StateLook {
  const isOver = invitedUntil === null || Date.parse(invitedUntil) <= now;
  return LOOKS[state === 'invited' && isOver ? 'lapsed' : state];
}

/** @param provider what the host calls its identity provider */
export function waysInWords(ways: readonly WayOfSignIn[], provider: string): string {
  const words = { password: 'Password', oidc: provider };
  return ways.length === 0 ? 'Not yet' : ways.map((way) => words[way]).join(', ');
}
