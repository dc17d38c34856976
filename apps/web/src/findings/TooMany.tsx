import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type ChangeTarget, tooManyWords } from './findings-queries.js';

/** That a change would be refused, before it is asked for. */
export function TooMany({ target }: { readonly target: ChangeTarget }) {
  const words = tooManyWords(target);
  if (words === undefined) return null;
  return (
    <Alert role="alert" variant="light" color="orange" icon={<IconAlertTriangle size={18} />}>
      {words}
    </Alert>
  );
}
