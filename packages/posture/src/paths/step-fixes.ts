import type { PathStepKind } from '@castellan/api';

interface Fix {
  /** What to take away or to narrow. */
  readonly fix: string;
  /** Where in a provider's console, by connector id. */
  readonly console: Readonly<Record<string, readonly string[]>>;
}

const ROLE: Fix['console'] = {
  okta: [
    'Security > Administrators > Admins > the administrator > Edit: narrow the role to groups or applications, or take it away.',
  ],
};
const OWNERS: Fix['console'] = { okta: ['Directory > Groups > the group > Owners: remove the owner.'] };

/** How each kind of step is closed. */
export const STEP_FIXES: Readonly<Record<PathStepKind, Fix>> = {
  member_of: {
    fix: 'Take it out of the group, or take from the group the right that leads on.',
    console: { okta: ['Directory > Groups > the group > People: remove the person; or > Admin roles: take the role away.'] },
  },
  resets_password: {
    fix: 'Take the role away, or narrow it to groups in which nobody leads on to tier zero.',
    console: ROLE,
  },
  resets_authenticators: {
    fix: 'Take the role away, or narrow it to groups in which nobody leads on to tier zero.',
    console: ROLE,
  },
  manages_account: {
    fix: 'Take the role away, or narrow it to accounts that lead nowhere; let a role read that need not change.',
    console: ROLE,
  },
  adds_member: {
    fix: 'Narrow the role so that the group is not among those that it may fill, or give the right of the group to another group.',
    console: ROLE,
  },
  owns_group: {
    fix: 'Take the ownership away, or let somebody of tier zero own the group.',
    console: OWNERS,
  },
  manages_application: {
    fix: 'Narrow the role to applications that lead nowhere, or take from the application what leads on.',
    console: ROLE,
  },
  reads_secret: {
    fix: 'Let the program prove itself by a key instead of a secret, or take from the role the right to read secrets.',
    console: {
      okta: [
        'Applications > Applications > the program > General > Client Credentials: Public key / Private key.',
        'Security > Administrators > Roles > the role: take the permission to view client credentials away.',
      ],
    },
  },
  signs_in_as: {
    fix: 'Let the identity provider link no administrators, or unlink the account from it.',
    console: {
      okta: [
        'Security > Identity Providers > the provider > Configure: Account Link Policy, and Exclude admins.',
        'Directory > People > the person > Applications and identity providers: unlink it.',
      ],
    },
  },
  manages_identity_provider: {
    fix: 'Take from the role the right to change identity providers, or narrow it to those that sign in nobody who leads on.',
    console: ROLE,
  },
  assigns_group: {
    fix: 'Let the identity provider fill only groups that lead nowhere, or give the right of the group to a group that is kept here.',
    console: { okta: ['Security > Identity Providers > the provider > Configure: Group Assignments.'] },
  },
  receives_password: {
    fix: 'Stop the writing of passwords to the application, or take the account out of it.',
    console: { okta: ['Applications > Applications > the application > Provisioning > To App: Sync Password.'] },
  },
  masters_group: {
    fix: 'Give the right of the group to a group that is kept here, not to one that another system fills.',
    console: { okta: ['Directory > Groups > the group > Admin roles: take the role away, and give it to another group.'] },
  },
};
