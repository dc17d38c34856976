import { TextField } from '@castellan/form-schema';

export class AccountInput {
  @TextField({ label: 'Account', help: 'Its id at the service: the key of its record.', maxLength: 1_000 })
  readonly account!: string;
}

export class GroupMemberInput {
  @TextField({ label: 'Group', help: 'Its id at the service: the key of its record.', maxLength: 1_000 })
  readonly group!: string;
  @TextField({ label: 'Member', help: 'The id of the account, or of the group inside of it.', maxLength: 1_000 })
  readonly member!: string;
}
