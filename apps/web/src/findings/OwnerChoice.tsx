import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ownersQuery } from '../connect/owners-query.js';
import { useMay, useSession } from '../session/session.js';

interface OwnerChoiceProps {
  /** As `ownerOf` reads it; `null`: nothing is chosen. */
  readonly chosen: string | null;
  readonly error: string | undefined;
  readonly onChoose: (chosen: string | null) => void;
}

/** Not the id of any user. */
const NOBODY = 'nobody';

/** What is sent for a choice: the id of a user, `null` for nobody. */
export function ownerOf(chosen: string): string | null {
  return chosen === NOBODY ? null : chosen;
}

/** Who works through something: a user of the workspace, or nobody. */
export function OwnerChoice({ chosen, error, onChoose }: OwnerChoiceProps) {
  const { user } = useSession();
  // Who may not see the others can take it on himself.
  const { data: owners = user === null ? [] : [user] } = useQuery({ ...ownersQuery, enabled: useMay('users:read') });
  return (
    <Select
      label="Owner"
      description="Who works through them."
      placeholder="Choose somebody"
      data-autofocus
      allowDeselect={false}
      data={[
        ...owners.map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` })),
        { value: NOBODY, label: 'Nobody' },
      ]}
      value={chosen}
      error={error}
      onChange={onChoose}
    />
  );
}
