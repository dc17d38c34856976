import type { EventReader } from './event-reader.js';
import { type Predicate, predicateOf } from './predicate.js';
import type { Level, RuleFacts } from './rule.js';

/** How bad what a rule has found in an event is: what the rule says of such an event, or of all. */
export function levelReader({ level, own }: RuleFacts, reader: EventReader): (event: unknown) => Level {
  let raised: readonly { readonly level: Level; readonly holds: Predicate }[] | undefined;
  return (event) => {
    if (own.levels.length === 0) return level;
    raised ??= own.levels.map((one) => ({ level: one.level, holds: predicateOf(one.when, reader) }));
    return raised.find(({ holds }) => holds(event))?.level ?? level;
  };
}
