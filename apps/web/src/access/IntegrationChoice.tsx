import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { integrationsQuery } from '../integrations/integration-queries.js';

/** The integration that a page is about: the chosen one, else the one with the most accounts. `null`: none; `undefined`: not known yet. */
export function useChosenIntegration(chosen: string | undefined): string | null | undefined {
  const { data } = useQuery(integrationsQuery);
  if (data === undefined) return chosen;
  const known = data.find(({ id }) => id === chosen);
  const [most] = data.toSorted((one, other) => (other.counts.account ?? 0) - (one.counts.account ?? 0));
  return (known ?? most)?.id ?? null;
}

interface IntegrationChoiceProps {
  readonly chosen: string;
  readonly onChoose: (integration: string) => void;
}

/** Where there are several: some questions can be asked of one at a time. */
export function IntegrationChoice({ chosen, onChoose }: IntegrationChoiceProps) {
  const { data = [] } = useQuery(integrationsQuery);
  if (data.length < 2) return null;
  return (
    <Select
      size="xs"
      w={200}
      aria-label="Integration"
      allowDeselect={false}
      data={data.map(({ id, name }) => ({ value: id, label: name }))}
      value={chosen}
      onChange={(id) => id !== null && onChoose(id)}
    />
  );
}
