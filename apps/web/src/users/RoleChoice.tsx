import { ROLE_SUMMARIES, ROLES, type Role } from '@castellan/api';
import { Radio, Stack } from '@mantine/core';
import { ROLE_WORDS } from './user-looks.js';

interface RoleChoiceProps {
  readonly value: Role;
  readonly error: string | undefined;
  readonly onChange: (role: Role) => void;
}

/** A role is chosen by what it is for. */
export function RoleChoice({ value, error, onChange }: RoleChoiceProps) {
  return (
    // Radios know text only; each of them is a role.
    <Radio.Group label="Role" value={value} error={error} onChange={(role) => onChange(role as Role)}>
      <Stack gap="xs" mt={6} mb={4}>
        {ROLES.map((role) => (
          <Radio key={role} value={role} label={ROLE_WORDS[role]} description={ROLE_SUMMARIES[role]} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
