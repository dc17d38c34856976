import { Select, SimpleGrid, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMay } from '../session/session.js';
import { ownersQuery } from './owners-query.js';

/** What a person may say of an integration beside its settings. */
export interface Labels {
  readonly name: string;
  /** The id of a user; `null`: nobody. */
  readonly owner: string | null;
}

interface NameAndOwnerProps {
  readonly labels: Labels;
  /** The name that counts when none is entered; `undefined`: one must be. */
  readonly usualName?: string;
  readonly issueOf: (field: string) => string | undefined;
  readonly onChange: (labels: Labels) => void;
}

export function NameAndOwner({ labels, usualName, issueOf, onChange }: NameAndOwnerProps) {
  const mayChoose = useMay('users:read');
  const { data: owners = [] } = useQuery({ ...ownersQuery, enabled: mayChoose });
  return (
    <SimpleGrid cols={{ base: 1, xs: mayChoose ? 2 : 1 }} spacing="md">
      <TextInput
        label="Name"
        description={usualName === undefined ? 'What it is called here.' : 'Optional. What it is called here.'}
        placeholder={usualName ?? ''}
        name="name"
        autoComplete="off"
        data-autofocus
        value={labels.name}
        error={issueOf('name')}
        onChange={(event) => onChange({ ...labels, name: event.currentTarget.value })}
      />
      {mayChoose && (
        <Select
          label="Owner"
          description="Optional. Who looks after it."
          placeholder="Nobody"
          name="owner"
          clearable
          // Who chooses the same person once more means that person; the cross stands for nobody.
          allowDeselect={false}
          clearButtonProps={{ 'aria-label': 'Nobody' }}
          data={owners.map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` }))}
          value={labels.owner}
          error={issueOf('owner')}
          onChange={(owner) => onChange({ ...labels, owner })}
        />
      )}
    </SimpleGrid>
  );
}
