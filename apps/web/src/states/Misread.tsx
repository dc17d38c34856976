import { Alert } from '@mantine/core';

interface MisreadProps {
  /** Filters of the address that say what there is not. */
  readonly found: readonly (readonly [name: string, value: string])[];
}

/** What an address asks for and is not understood: said, so that nobody takes a list for narrowed that is not. */
export function Misread({ found }: MisreadProps) {
  if (found.length === 0) return null;
  return (
    <Alert color="orange" title="Not all of the address is understood">
      {found.map(([name, value]) => (
        <div key={name}>{`There is no ${name} "${value}": the list is not narrowed by it.`}</div>
      ))}
    </Alert>
  );
}
