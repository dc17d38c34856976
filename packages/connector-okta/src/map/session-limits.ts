import type { SessionLimits } from '@castellan/connector-sdk';
import type { ObjectReader } from './object-reader.js';

const PROMPT: Readonly<Record<string, NonNullable<SessionLimits['prompt']>>> = {
  ALWAYS: 'always',
  DEVICE: 'device',
  SESSION: 'session',
};

/** What a rule says of the session of the organisation; `null` when it decides something else. */
export function sessionLimits(actions: ObjectReader, conditions: ObjectReader): SessionLimits | null {
  if (!actions.has('signon')) return null;
  const signOn = actions.child('signon');
  const session = signOn.child('session');
  return {
    idleMinutes: session.number('maxSessionIdleMinutes'),
    lifetimeMinutes: session.number('maxSessionLifetimeMinutes'),
    persistent: session.boolean('usePersistentCookie'),
    prompt: signOn.optionalOneOf<SessionLimits['prompt']>('factorPromptMode', PROMPT, 'unknown'),
    behaviours: conditions.child('risk').strings('behaviors'),
  };
}
