import type { IntegrationStatus } from '@castellan/api';
import { Badge } from '@mantine/core';
import { STATUS_LOOKS } from './status-looks.js';

export function StatusBadge({ status }: { readonly status: IntegrationStatus }) {
  const { icon: Icon, word, color } = STATUS_LOOKS[status.state];
  return (
    <Badge variant="light" color={color} leftSection={<Icon size={13} aria-hidden />} tt="none" autoContrast>
      {word}
    </Badge>
  );
}
