import type { Severity } from '@castellan/api';
import {
  IconAlertOctagon,
  IconAlertTriangle,
  IconChevronsUp,
  IconInfoCircle,
  IconMinus,
  type TablerIcon,
} from '@tabler/icons-react';
import type { StateLook } from '../states/state-look.js';

const look = (word: string, color: StateLook['color'], icon: TablerIcon): StateLook => ({ word, color, icon });

export const SEVERITY_LOOKS: Readonly<Record<Severity, StateLook>> = {
  critical: look('Critical', 'red', IconAlertOctagon),
  high: look('High', 'red', IconChevronsUp),
  medium: look('Medium', 'orange', IconAlertTriangle),
  low: look('Low', 'blue', IconMinus),
  informational: look('Informational', 'gray', IconInfoCircle),
};
