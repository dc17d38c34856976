import { IconAlertTriangle, IconCircleCheck, IconCircleX, type TablerIcon } from '@tabler/icons-react';
import type { Verdict } from './findings.js';

export const VERDICT_LOOKS: Readonly<Record<Verdict, { readonly icon: TablerIcon; readonly color: string }>> = {
  all: { icon: IconCircleCheck, color: 'var(--mantine-color-green-7)' },
  some: { icon: IconAlertTriangle, color: 'var(--mantine-color-orange-7)' },
  none: { icon: IconCircleX, color: 'var(--mantine-color-red-7)' },
};
