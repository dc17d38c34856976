import { useQuery } from '@tanstack/react-query';
import { integrationsQuery } from '../integrations/integration-queries.js';
import { FilterChoice } from '../states/FilterChoice.js';

interface IntegrationFilterProps {
  /** `undefined`: all of them. */
  readonly chosen: string | undefined;
  readonly onChoose: (integration: string | undefined) => void;
}

/** Where there are several: one of them, or all together. */
export function IntegrationFilter({ chosen, onChoose }: IntegrationFilterProps) {
  const { data = [] } = useQuery(integrationsQuery);
  // What the address names is shown also where there is no other, so that it can be taken away.
  if (data.length < 2 && chosen === undefined) return null;
  return (
    <FilterChoice
      name="Integration"
      all="All integrations"
      choices={data.map(({ id, name }) => ({ value: id, label: name }))}
      value={chosen}
      width={200}
      onChoose={onChoose}
    />
  );
}
