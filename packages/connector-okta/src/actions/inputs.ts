import { NumberField, SelectField, TextField } from '@castellan/form-schema';

const ID = { maxLength: 200 };
/** Of the profile of an assignment, in characters. */
export const LONGEST_PROFILE = 20_000;

/** The names of fields are those of the record that an action is done to: see `ActionInfo.input`. */
export class AccountInput {
  @TextField({ label: 'Account', help: 'Its ID in Okta: the key of its record.', ...ID })
  readonly account!: string;
}

export class GroupMemberInput {
  @TextField({ label: 'Group', help: 'Its ID in Okta.', ...ID })
  readonly group!: string;
  @TextField({ label: 'Member', help: 'The ID of the account.', ...ID })
  readonly member!: string;
}

export class FactorInput {
  @TextField({
    label: 'Factor',
    help: 'The key of its record: the ID of the account and its own, with | between them.',
    maxLength: 400,
  })
  readonly authenticator!: string;
}

export class ApplicationInput {
  @TextField({ label: 'Application', help: 'Its ID in Okta.', ...ID })
  readonly application!: string;
}

export class ClientSecretInput {
  @TextField({
    label: 'Client secret',
    help: 'The key of its record: the ID of the application and its own, with | between them.',
    maxLength: 400,
  })
  readonly clientSecret!: string;
}

export class IdentityProviderInput {
  @TextField({ label: 'Identity provider', help: 'Its ID in Okta.', ...ID })
  readonly identityProvider!: string;
}

export class IdpLinkInput extends IdentityProviderInput {
  @TextField({ label: 'Account', help: 'Its ID in Okta.', ...ID })
  readonly account!: string;
}

export class LinkInput extends IdpLinkInput {
  @TextField({ label: 'ID there', help: 'What the account is called at the identity provider.', maxLength: 1_000 })
  readonly externalId!: string;
}

export class ApiTokenInput {
  @TextField({ label: 'API token', help: 'Its ID in Okta, never the token.', ...ID })
  readonly apiToken!: string;
}

export class AddressInput {
  @TextField({ label: 'Address', help: 'An IP address, or a range such as 203.0.113.0/24.', maxLength: 50 })
  readonly address!: string;
  @TextField({ label: 'Network zone', help: 'The ID of a blocklist. Empty: the first that is active.', optional: true, ...ID })
  readonly networkZone?: string;
}

const ACCOUNT_OR_GROUP = [
  { value: 'account', label: 'Account' },
  { value: 'group', label: 'Group' },
];

export class AssignmentInput extends ApplicationInput {
  @SelectField({ label: 'Kind', options: ACCOUNT_OR_GROUP })
  readonly principalKind!: 'account' | 'group';
  @TextField({ label: 'Who', help: 'The ID of the account or the group.', ...ID })
  readonly principal!: string;
}

export class RoleInput {
  @TextField({ label: 'Role', help: 'Its type (SUPER_ADMIN), or the ID of a custom role.', ...ID })
  readonly role!: string;
  @SelectField({ label: 'Kind', options: [...ACCOUNT_OR_GROUP, { value: 'client', label: 'Application' }] })
  readonly principalKind!: 'account' | 'group' | 'client';
  @TextField({ label: 'Who', help: 'The ID of the account, the group or the application.', ...ID })
  readonly principal!: string;
}

export class RoleAssignmentInput extends RoleInput {
  @TextField({ label: 'Assignment', help: "Okta's ID of the assignment.", ...ID })
  readonly assignment!: string;
}

export class NewRoleInput extends RoleInput {
  @TextField({ label: 'Resource set', help: 'Of a custom role: the ID of what it holds over.', optional: true, ...ID })
  readonly resourceSet?: string;
}

export class NewAssignmentInput extends AssignmentInput {
  @TextField({
    label: 'Profile',
    help: 'As JSON: what the application knows of whom it is assigned to.',
    optional: true,
    maxLength: LONGEST_PROFILE,
  })
  readonly profile?: string;
  @TextField({
    label: 'User name',
    help: 'Of an account: what it is called in the application. Empty: as the application is set up.',
    optional: true,
    maxLength: 1_000,
  })
  readonly userName?: string;
  @NumberField({
    label: 'Priority',
    help: 'Of a group: 0 comes first where several give different things.',
    optional: true,
    integer: true,
    min: 0,
    max: 100_000,
  })
  readonly priority?: number;
}
