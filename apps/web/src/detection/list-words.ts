import type { DetectionListKind } from '@castellan/api';

interface ListWords {
  readonly title: string;
  /** What it is for, and what stands in it. */
  readonly about: string;
  readonly example: string;
}

export const LIST_WORDS: Readonly<Record<DetectionListKind, ListWords>> = {
  own_network: {
    title: 'Own networks',
    about: 'Addresses and ranges of your offices and gateways: rules can tell what comes from there from what does not.',
    example: '192.0.2.0/24',
  },
  threat: {
    title: 'Known bad addresses',
    about: 'Addresses and ranges that attacks are known to come from.',
    example: '198.51.100.23',
  },
  break_glass: {
    title: 'Emergency accounts',
    about: 'Logins of accounts that nobody uses but in an emergency: any use of them is told.',
    example: 'emergency@acme.example',
  },
  placeholder: {
    title: 'Placeholders',
    about: 'What %name% stands for in rules: rules of others come with names that you fill.',
    example: 'administrator@acme.example',
  },
};

/** As they are sent: one a line, without empty ones. */
export function entriesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** `1,240 entries`, `1 entry`. */
export function countedEntries(entries: number): string {
  return `${entries.toLocaleString('en')} ${entries === 1 ? 'entry' : 'entries'}`;
}
