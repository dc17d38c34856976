import type { InvitedUser, UserView } from '@castellan/api';
import { Examples } from '../docs/examples.js';

const ACTIVE: UserView = {
  id: '0b9f3d7e-5d0c-4d53-8d6e-61f1c1c38a10',
  email: 'bo@acme.example',
  name: 'Bo Lindqvist',
  role: 'analyst',
  isOperator: false,
  state: 'active',
  signsInWith: ['password'],
  invitedUntil: null,
  createdAt: '2026-11-25T09:00:00.000Z',
  lastSignInAt: '2026-11-25T09:05:00.000Z',
};

export const INVITATION = { token: 'shown once', expiresAt: '2026-11-28T09:00:00.000Z' };

const INVITED: UserView = {
  ...ACTIVE,
  state: 'invited',
  signsInWith: [],
  invitedUntil: INVITATION.expiresAt,
  lastSignInAt: null,
};
const NEW: InvitedUser = { ...INVITED, invitation: INVITATION };
const BOTH: InvitedUser = { ...ACTIVE, invitation: INVITATION };

export const USER = new Examples({ active: ACTIVE, invited: INVITED });
export const USERS = new Examples({ example: { items: [ACTIVE, INVITED] } });
/** As it is while nobody has taken the invitation up. */
export const INVITED_USER = new Examples({ example: NEW }, [BOTH]);
export const INVITED_ADMINISTRATOR = new Examples(
  { example: { ...NEW, email: 'cy@globex.example', name: 'Cy Okafor', role: 'administrator' } },
  [BOTH],
);
