import type { TablerIcon } from '@tabler/icons-react';

/** A state as icon, word and colour: none of them is needed to understand the others. */
export interface StateLook {
  readonly icon: TablerIcon;
  readonly word: string;
  readonly color: 'gray' | 'blue' | 'green' | 'yellow' | 'orange' | 'red';
}
