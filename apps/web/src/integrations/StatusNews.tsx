import type { IntegrationStatus } from '@castellan/api';
import { VisuallyHidden } from '@mantine/core';
import { STATUS_LOOKS } from './status-looks.js';

/** Says a status aloud when it turns, and nothing of what counts up meanwhile. */
export function StatusNews({ name, status }: { readonly name: string; readonly status: IntegrationStatus }) {
  return (
    <VisuallyHidden role="status">
      {name}: {STATUS_LOOKS[status.state].word}
    </VisuallyHidden>
  );
}
