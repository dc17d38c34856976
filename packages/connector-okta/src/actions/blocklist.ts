import { type AnyAction, ConfigError, type Json, type JsonObject, type PlanArgs } from '@castellan/connector-sdk';
import { textAt } from '../client/api-errors.js';
import type { OktaClient } from '../client/okta-client.js';
import { type AddressRange, BITS, covers, rangeOf, textOf } from './address-range.js';
import { AddressInput } from './inputs.js';
import { itemsOf } from './lists.js';
import { type Looked, noSuch, oktaAction, put, requireId, touched, wholeOf } from './okta-action.js';
import { rawAt } from './subjects.js';

/** A zone from which nobody gets in. */
interface Blocklist {
  readonly id: string;
  readonly path: string;
  readonly name: string;
  readonly object: JsonObject;
  /** What is sent again. */
  readonly sent: JsonObject;
  /** As Okta wrote them: what is not understood of them is sent back as well. */
  readonly gateways: readonly Json[];
}

interface Gateway extends JsonObject {
  readonly type: 'CIDR' | 'RANGE';
  readonly value: string;
}

/** What only Okta writes, or what says where else something stands. Source: Okta management API, `NetworkZone`. */
const NOT_SENT: ReadonlySet<string> = new Set(['created', 'lastUpdated', '_links', '_embedded']);
/** Wider ones are for Okta's own console: they lock out more than one network. */
const SHORTEST = { 4: 24, 6: 64 } as const;

function look(isWanted: boolean): (args: PlanArgs<OktaClient, AddressInput>) => Promise<Looked> {
  return async ({ client, input }) => {
    const asked = askedFor(input.address);
    const text = textOf(asked);
    const zone = await blocklist(client, input.networkZone);
    const isSame = (one: Json): boolean => isWithin(asked, rangeIn(one)) && isWithin(rangeIn(one), asked);
    const others = zone.gateways.filter((one) => !isSame(one));
    // What turns it away beside an entry of its own.
    const wider = textAt(
      others.find((one) => isWithin(asked, rangeIn(one))),
      'value',
    );
    const isIn = others.length < zone.gateways.length || wider !== undefined;
    const isDone = isIn === isWanted;
    if (!isDone && isWanted) requireOn(zone);
    if (!isDone && !isWanted) mayGo(wider, others, zone);
    const gateways = isWanted ? [...zone.gateways, gatewayOf(asked)] : others;
    return {
      state: isDone ? 'done' : 'open',
      seen: [...zone.gateways],
      calls: isDone ? [] : [put(zone.path, { ...zone.sent, gateways })],
      touches: [touched('network_zone', zone.id, zone.name)],
      consequences: isWanted ? ofBlocking(text) : [`Sign-ins from ${text} are looked at by the policies again.`],
      outcome: outcomeOf(text, zone.name, wider, isWanted),
      stale: [wholeOf('network-zones')],
      // What a wider range turns away cannot be let in alone.
      undo:
        isWanted && wider !== undefined
          ? null
          : { action: isWanted ? 'unblock-address' : 'block-address', input: { address: text, networkZone: zone.id } },
    };
  };
}

const mistake = (message: string, field = 'address'): ConfigError => new ConfigError({ field, message });

function outcomeOf(text: string, zone: string, wider: string | undefined, isWanted: boolean): string {
  if (!isWanted) return `${text} is not in the blocklist ${zone}.`;
  return `${text} is in the blocklist ${zone}${wider === undefined ? '' : `, by ${wider}`}.`;
}

const ofBlocking = (text: string): readonly string[] => [
  `Nobody gets in from ${text}, whoever it is: behind one address there may be a whole office or a mobile network.`,
  'Sessions that exist already are ended at the next request from there.',
  'The requests of Castellan come from an address too, which it does not know itself: where that is blocked, nothing is read or taken back any more.',
];

/** @throws ConfigError where nobody would be turned away */
function requireOn({ name, object }: Blocklist): void {
  if (textAt(object, 'status') === 'INACTIVE')
    throw mistake(`The zone ${name} is off: nobody is turned away by it. Activate it in Okta first.`, 'networkZone');
}

/** @throws ConfigError where it would be turned away all the same, or nothing would be left */
function mayGo(wider: string | undefined, others: readonly Json[], { name, object }: Blocklist): void {
  if (wider !== undefined) throw mistake(`It lies in ${wider}, which ${name} turns away. Take that out, or narrow it in Okta.`);
  // Okta's own zone may be empty, one that somebody has made may not.
  const { system, proxies } = object;
  if (others.length === 0 && system !== true && !(Array.isArray(proxies) && proxies.length > 0))
    throw mistake(`It is the last address in ${name}, and Okta keeps no empty zone. Deactivate the zone in Okta.`);
}

const rangeIn = (gateway: Json): AddressRange | undefined => rangeOf(textAt(gateway, 'value') ?? '');

const isWithin = (narrow: AddressRange | undefined, wide: AddressRange | undefined): boolean =>
  narrow !== undefined && wide !== undefined && covers(wide, narrow);

/** Without the bits behind a block's size. @throws ConfigError */
function askedFor(address: string): AddressRange {
  const range = address.includes('-') ? undefined : rangeOf(address);
  if (range === undefined) throw mistake('Is no IP address, and no range such as 203.0.113.0/24.');
  const shortest = SHORTEST[range.version];
  if (range.to - range.from >= 1n << BigInt(BITS[range.version] - shortest))
    throw mistake(
      `Is too wide: at least /${shortest}. Castellan does not lock out many networks at once; do that in Okta by hand.`,
    );
  return range;
}

function gatewayOf(range: AddressRange): Gateway {
  const text = textOf(range);
  if (text.includes('/')) return { type: 'CIDR', value: text };
  return range.version === 4 ? { type: 'RANGE', value: `${text}-${text}` } : { type: 'CIDR', value: `${text}/128` };
}

async function blocklist(client: OktaClient, zone: string | undefined): Promise<Blocklist> {
  const object =
    zone === undefined || zone === ''
      ? await firstBlocklist(client)
      : await rawAt(client, `/api/v1/zones/${requireId(zone, 'networkZone')}`);
  const id = textAt(object, 'id');
  if (object === undefined || id === undefined) throw noSuch('network zone', 'networkZone');
  const name = textAt(object, 'name') ?? id;
  if (textAt(object, 'usage') !== 'BLOCKLIST' || textAt(object, 'type') !== 'IP')
    throw new ConfigError({ field: 'networkZone', message: `${name} is no blocklist of addresses.` });
  const listed = object['gateways'];
  // `Array.isArray` makes `any[]` of it.
  const gateways = Array.isArray(listed) ? (listed as readonly Json[]) : [];
  const sent = Object.fromEntries(Object.entries(object).filter(([key]) => !NOT_SENT.has(key)));
  return { id, path: `/api/v1/zones/${encodeURIComponent(id)}`, name, object, sent, gateways };
}

async function firstBlocklist(client: OktaClient): Promise<JsonObject> {
  for await (const item of itemsOf(client, '/api/v1/zones?limit=200')) {
    const isOn = textAt(item, 'status') === 'ACTIVE';
    // Okta's JSON is an object of JSON.
    if (isOn && textAt(item, 'usage') === 'BLOCKLIST' && textAt(item, 'type') === 'IP') return item as JsonObject;
  }
  throw new ConfigError({
    field: 'networkZone',
    message:
      'There is no active blocklist of addresses. Make one in Okta: Security > Networks > Add zone > IP zone, "Block access from IPs".',
  });
}

const ZONE = { subject: 'network_zone', requires: ['okta.networkZones.manage'], input: AddressInput, sentOnce: true } as const;

export const blocklistActions: readonly AnyAction<OktaClient>[] = [
  oktaAction({
    ...ZONE,
    name: 'block-address',
    title: 'Block the address',
    summary: 'Whoever comes from there is turned away before any policy is looked at.',
    effect: 'write',
    purpose: 'contain',
    undo: 'unblock-address',
    look: look(true),
  }),
  oktaAction({
    ...ZONE,
    name: 'unblock-address',
    title: 'Unblock the address',
    summary: 'The address is taken out of the blocklist.',
    effect: 'write',
    purpose: 'restore',
    undo: 'block-address',
    look: look(false),
  }),
];
