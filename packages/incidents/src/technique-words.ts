import { attackFacts, type RuleFacts } from '@castellan/detection';

/** The techniques that a rule names, and what they are part of, as people look for them: `T1110.003 Password Spraying`, `T1110 Brute Force`. */
export function techniqueWords({ tags }: Pick<RuleFacts, 'tags'>): readonly string[] {
  const named = attackFacts(tags).techniques;
  const wholes = attackFacts(named.map(({ id }) => `attack.${id.replace(/\..*$/, '')}`)).techniques;
  return [...new Set([...named, ...wholes].map(({ id, name }) => `${id} ${name}`))];
}
