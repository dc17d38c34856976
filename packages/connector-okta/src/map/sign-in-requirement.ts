import type { SignInRequirement } from '@castellan/connector-sdk';
import type { ObjectReader } from './object-reader.js';
import { PHISHING_RESISTANT } from './sign-in-method.js';

/** Deeper than any chain of methods; what lies below is not followed. */
const DEEPEST = 10;

/** After how long somebody is asked again: of a rule, of one of its parts, of a step. */
const INTERVAL = 'reauthenticateIn';

const REQUIRED: Readonly<Record<string, boolean>> = { REQUIRED: true, OPTIONAL: false };

/** What one way of fulfilling a rule asks for. Of several ways, whoever signs in takes the easiest. */
type Way = Omit<SignInRequirement, 'registeredDevice' | 'managedDevice'>;

/** What a rule asks of a sign-in to an application; `null` when it decides something else. */
export function signInRequirement(actions: ObjectReader, conditions: ObjectReader): SignInRequirement | null {
  if (!actions.has('appSignOn')) return null;
  const device = conditions.child('device');
  return {
    ...wayOf(actions.child('appSignOn').child('verificationMethod')),
    // A condition that is not there lets every device in.
    registeredDevice: device.has('registered') ? device.boolean('registered') : false,
    managedDevice: device.has('managed') ? device.boolean('managed') : false,
  };
}

function wayOf(method: ObjectReader): Way {
  const type = method.string('type');
  const again = method.minutes(INTERVAL);
  if (type === 'AUTH_METHOD_CHAIN')
    return easiest(
      method.children('chains').map((chain) => chainOf(chain, 0)),
      again,
    );
  if (type === 'ASSURANCE') return easiest(method.children('constraints').map(constraintOf), again, false);
  return { phishingResistant: null, hardwareProtected: null, again };
}

/** Only one of them must be fulfilled; their own times go before that of the rule. */
function easiest(ways: readonly Way[], again: number | null, none: boolean | null = null): Way {
  if (ways.length === 0) return { phishingResistant: none, hardwareProtected: none, again };
  const times = ways.map((way) => way.again ?? again);
  return {
    phishingResistant: ways.every((way) => way.phishingResistant === true),
    hardwareProtected: ways.every((way) => way.hardwareProtected === true),
    again: times.includes(null) ? null : Math.max(...times.map((time) => time ?? 0)),
  };
}

/** Within one constraint both parts must be fulfilled. */
function constraintOf(constraint: ObjectReader): Way {
  const possession = constraint.child('possession');
  const methods = possession.children('authenticationMethods');
  const needed = possession.has('required') ? possession.boolean('required') === true : true;
  return {
    phishingResistant: needed && (asks(possession, 'phishingResistant') || areResistant(methods)),
    hardwareProtected: needed && asks(possession, 'hardwareProtection'),
    again: soonest([constraint.child('knowledge').minutes(INTERVAL), possession.minutes(INTERVAL)]),
  };
}

/** A step of a chain is one of its methods; what follows it must be done too. */
function chainOf(chain: ObjectReader, depth: number): Way {
  const methods = chain.children('authenticationMethods');
  const later = depth < DEEPEST ? chain.children('next').map((next) => chainOf(next, depth + 1)) : [];
  const rest = later.length === 0 ? null : easiest(later, null);
  return {
    phishingResistant: areResistant(methods) || rest?.phishingResistant === true,
    hardwareProtected: areAll(methods, (one) => asks(one, 'hardwareProtection')) || rest?.hardwareProtected === true,
    again: soonest([chain.minutes(INTERVAL), rest?.again ?? null]),
  };
}

/** Either so by their nature, or set to be. */
function areResistant(methods: readonly ObjectReader[]): boolean {
  return areAll(
    methods,
    (one) => asks(one, 'phishingResistant') || PHISHING_RESISTANT.get(one.string('method') ?? '') === true,
  );
}

function areAll(methods: readonly ObjectReader[], holds: (method: ObjectReader) => boolean): boolean {
  return methods.length > 0 && methods.every(holds);
}

function asks(reader: ObjectReader, key: string): boolean {
  return reader.optionalOneOf(key, REQUIRED, false) === true;
}

function soonest(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
}
