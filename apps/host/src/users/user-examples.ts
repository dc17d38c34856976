import type { InvitedUser, UserView } from './user-views.js';

export const USER: UserView = {
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

export const INVITED_USER: InvitedUser = {
  ...USER,
  state: 'invited',
  signsInWith: [],
  invitedUntil: INVITATION.expiresAt,
  lastSignInAt: null,
  invitation: INVITATION,
};
