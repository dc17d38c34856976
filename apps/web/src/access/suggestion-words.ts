import type { RemovalSuggestion } from '@castellan/api';

/** Why it can go: what those who would lose the application were seen to do with it. */
export function whyWords(
  { accounts, losing, breaking }: Pick<RemovalSuggestion, 'accounts' | 'losing' | 'breaking'>,
  days: number,
): string {
  if (accounts === 0) return 'Nobody reaches it this way: whoever has it is switched off for good, or gone.';
  if (losing === 0) return accounts === 1 ? 'They reach it another way as well.' : 'All of them reach it another way as well.';
  if (breaking === 0)
    return losing === 1
      ? `The one who would lose it was not seen to use it for ${days} days.`
      : `None of the ${losing.toLocaleString('en')} who would lose it was seen to use it for ${days} days.`;
  const used = `${breaking.toLocaleString('en')} of the ${losing.toLocaleString('en')} who would lose it`;
  return `${used} ${breaking === 1 ? 'has' : 'have'} used it in the last ${days} days: give it to them in another way before.`;
}
