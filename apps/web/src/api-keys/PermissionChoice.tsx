import { PERMISSIONS, type Permission } from '@castellan/api';
import { Checkbox, Fieldset, Stack } from '@mantine/core';
import { inGroups } from '../users/permission-groups.js';

interface PermissionChoiceProps {
  readonly offered: readonly Permission[];
  readonly value: readonly Permission[];
  readonly error: string | undefined;
  readonly onChange: (chosen: readonly Permission[]) => void;
}

export function PermissionChoice({ offered, value, error, onChange }: PermissionChoiceProps) {
  return (
    <Checkbox.Group
      label="What it may do"
      value={[...value]}
      error={error}
      // Boxes know text only; each of them is a permission.
      onChange={(chosen) => onChange(chosen as Permission[])}
    >
      <Stack gap="sm" mt={6} mb={4}>
        {inGroups(offered).map(({ title, permissions }) => (
          <Fieldset key={title} legend={title} p="sm">
            <Stack gap="xs">
              {permissions.map((permission) => (
                <Checkbox key={permission} value={permission} label={permission} description={PERMISSIONS[permission]} />
              ))}
            </Stack>
          </Fieldset>
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
