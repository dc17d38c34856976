export type WordColor = 'green' | 'gray' | 'blue' | 'yellow' | 'orange' | 'red';

/** Colours of Mantine, by what a word means to a reader: good, gone, waiting, to be looked at, bad. */
const COLORS: Readonly<Record<string, WordColor>> = {
  active: 'green',
  allow: 'green',
  success: 'green',
  inactive: 'gray',
  deprovisioned: 'gray',
  deleted: 'gray',
  revoked: 'gray',
  unknown: 'gray',
  staged: 'blue',
  provisioned: 'blue',
  pending: 'blue',
  challenge: 'blue',
  recovery: 'yellow',
  password_expired: 'yellow',
  warn: 'yellow',
  suspended: 'orange',
  anywhere: 'orange',
  locked: 'red',
  invalid: 'red',
  deny: 'red',
  failure: 'red',
  error: 'red',
  blocklist: 'red',
};

const TEXTS: Readonly<Record<string, string>> = {
  builtin: 'Built in',
  native: 'Made here',
  app: 'From an application',
  group: 'Group',
  phishing_resistant: 'Resists phishing',
  resource_set: 'Resource set',
  threat_insight: 'Threat insight',
};

export function colorOf(word: string): WordColor | undefined {
  return COLORS[word.toLowerCase()];
}

/** `password_expired`: `Password expired`. */
export function wordOf(value: string): string {
  const known = TEXTS[value.toLowerCase()];
  if (known !== undefined) return known;
  const spaced = value.toLowerCase().replaceAll('_', ' ');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
