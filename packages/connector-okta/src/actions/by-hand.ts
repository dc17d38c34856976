/**
 * The way by hand of each action, in Okta's Admin Console. Source: Okta's help pages for the Identity Engine, 2026. Where the console has
 * no such button it says what comes to the same.
 */
export const BY_HAND = {
  'clear-sessions': [
    'Directory > People > the person > More Actions > Clear User Sessions.',
    'Tick the box that also signs them out of applications and ends "keep me signed in", then choose Clear and revoke.',
  ],
  'revoke-tokens': [
    'Directory > People > the person > More Actions > Clear User Sessions: Clear and revoke ends their sessions, and the tokens with them.',
    'The console does not list consents of one person: a program that must not come back is taken away under Applications > Applications > the application > Assignments.',
  ],
  'suspend-account': ['Directory > People > the person > More Actions > Suspend, then Suspend once more.'],
  'unsuspend-account': [
    'Directory > People, filter by Suspended, and open the person.',
    'Choose Unsuspend (some organisations see Activate there instead).',
  ],
  'deactivate-account': [
    'Look first under Applications of the person: some applications delete what belongs to an account that is deactivated.',
    'Directory > People > the person > More Actions > Deactivate, then Deactivate once more.',
  ],
  'expire-password': ['Directory > People > the person > Reset or Remove Password > Expire Password.'],
  'reset-password': [
    'Make sure under Profile of the person that the e-mail address is theirs.',
    'Directory > People > the person > Reset or Remove Password > Send a reset password email.',
  ],
  'unlock-account': ['Directory > People > the person > Unlock Account. The button is there while the account is locked.'],
  'remove-factor': [
    'Directory > People > the person > More Actions > Reset Authenticators (Reset Multifactor in the Classic Engine).',
    'Tick this factor only, and choose Reset Selected.',
  ],
  'reset-factors': [
    'Directory > People > the person > More Actions > Reset Authenticators (Reset Multifactor in the Classic Engine).',
    'Tick every factor, and choose Reset Selected (Reset All in the Classic Engine).',
  ],
  'remove-from-group': [
    'Look under Directory > Groups > Rules whether a rule fills the group: it may put the person back, so exclude them there first.',
    'Directory > Groups > the group > People: find the person, and choose the x beside the name.',
  ],
  'add-to-group': ['Directory > Groups > the group > People > Assign people: choose the + beside the person, then Done.'],
  'unassign-application': [
    'Applications > Applications > the application > Assignments: People or Groups on the left.',
    'Choose the x beside the person or the group, then OK. Who has it by a group has no x: take them out of the group.',
  ],
  'assign-application': [
    'Applications > Applications > the application > Assignments > Assign > Assign to People, or Assign to Groups.',
    'Choose Assign beside the name, fill in what the application asks for, then Save and Go Back, and Done.',
  ],
  'remove-role': [
    'Of a person or a group: Security > Administrators > Admins, the pencil beside the name. Take this role out, and save.',
    'Of an application: Applications > Applications > the application > Admin roles > Edit assignments. Take this role out, and save.',
  ],
  'assign-role': [
    'To a person or a group: Security > Administrators > Admins > Add administrator. Choose the name, the role, and a resource set where it asks for one, and save.',
    'To an application: Applications > Applications > the application > Admin roles > Edit assignments. Add the role, and save.',
  ],
  'unlink-account': [
    'Security > Identity Providers > the provider > Actions > Configure: see that its account link policy does not link the account again at the next sign-in.',
    'The console takes back no single link. Ask whoever may call the API of Okta to send DELETE /api/v1/idps/PROVIDER/users/ACCOUNT, or deactivate the provider.',
  ],
  'link-account': [
    'The console makes no single link. Let the person sign in by the provider while its account link policy links automatically (Security > Identity Providers > the provider > Actions > Configure).',
    'Of a provider that is not SAML, whoever may call the API of Okta can send POST /api/v1/idps/PROVIDER/users/ACCOUNT instead.',
  ],
  'deactivate-application': [
    'Applications > Applications, and open the application.',
    'Choose Active beside its name > Deactivate, then Deactivate Application.',
  ],
  'activate-application': [
    'Applications > Applications > Inactive, and open the application.',
    'Choose Inactive beside its name > Activate.',
  ],
  'deactivate-identity-provider': [
    'See first that another Super Administrator signs in without this provider.',
    'Security > Identity Providers > Actions beside the provider > Deactivate, then Deactivate once more.',
  ],
  'activate-identity-provider': [
    'See first what it is trusted for: Security > Identity Providers > Actions beside the provider > Configure.',
    'Security > Identity Providers > Actions beside the provider > Activate.',
  ],
  'deactivate-client-secret': [
    'Applications > Applications > the application > General > Client Credentials > Client Secrets.',
    'Set the status of this secret from Active to Inactive. The day it was made tells which one it is.',
  ],
  'activate-client-secret': [
    'Applications > Applications > the application > General > Client Credentials > Client Secrets.',
    'Set the status of this secret from Inactive to Active. The day it was made tells which one it is.',
  ],
  'stop-password-push': [
    'Applications > Applications > the application > Provisioning > To App > Edit.',
    'At Sync Password take the tick from Enable, and choose Save.',
  ],
  'resume-password-push': [
    'Applications > Applications > the application > Provisioning > To App > Edit.',
    'At Sync Password tick Enable, choose Sync Okta Password, and then Save.',
  ],
  'revoke-api-token': [
    'Security > API > Tokens: find the token by its name and its owner.',
    'Choose the bin beside it, then Revoke Token.',
  ],
  'block-address': [
    'Security > Networks, the pencil beside BlockedIpZone or another zone that blocks access.',
    'Add the address to Gateway IPs in a line of its own, and choose Save. It holds after about a minute.',
  ],
  'unblock-address': [
    'Security > Networks, the pencil beside the zone that blocks the address.',
    'Take the address out of Gateway IPs, and choose Save. It holds after about a minute.',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** All that this connector can do, by name. */
export type ActionName = keyof typeof BY_HAND;
