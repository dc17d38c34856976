import { type AnyAction, ConfigError, type Json, type JsonObject, type PlanArgs } from '@castellan/connector-sdk';
import { textAt } from '../client/api-errors.js';
import { listOf, type OktaClient } from '../client/okta-client.js';
import { isObject } from '../map/is-object.js';
import { type AddressRange, covers, rangeOf, versionOf } from './address-range.js';
import { AddressInput } from './inputs.js';
import { type Looked, noSuch, oktaAction, put, requireId, touched, wholeOf } from './okta-action.js';
import { rawAt } from './subjects.js';

/** A zone from which nobody gets in. */
interface Blocklist {
  readonly id: string;
  readonly path: string;
  readonly name: string;
  readonly object: JsonObject;
  /** As Okta wrote them: what is not understood of them is sent back as well. */
  readonly gateways: readonly Json[];
}

interface Gateway extends JsonObject {
  readonly type: 'CIDR' | 'RANGE';
  readonly value: string;
}

/** What only Okta writes, or what says where else something stands. Source: Okta management API, `NetworkZone`. */
const NOT_SENT: ReadonlySet<string> = new Set(['created', 'lastUpdated', '_links', '_embedded']);
const SHORTEST = { 4: 16, 6: 32 } as const;

function look(isWanted: boolean): (args: PlanArgs<OktaClient, AddressInput>) => Promise<Looked> {
  return async ({ client, input }) => {
    const gateway = gatewayOf(input.address);
    const { id, path, name, object, gateways } = await blocklist(client, input.networkZone);
    const asked = rangeOf(gateway.value);
    const isIn = gateways.some((one) => isWithin(asked, rangeIn(one)));
    const others = gateways.filter((one) => !isWithin(asked, rangeIn(one)) || !isWithin(rangeIn(one), asked));
    if (!isWanted && isIn) mayGo(asked, others, name);
    const sent = Object.fromEntries(Object.entries(object).filter(([key]) => !NOT_SENT.has(key)));
    return {
      state: isIn === isWanted ? 'done' : 'open',
      seen: gateways,
      calls: isIn === isWanted ? [] : [put(path, { ...sent, gateways: isWanted ? [...gateways, gateway] : others })],
      touches: [touched('network_zone', id, name)],
      consequences: isWanted
        ? [
            `Nobody gets in from ${gateway.value}, whoever it is: behind one address there may be a whole office or a mobile network.`,
            'Sessions that exist already are ended at the next request from there.',
          ]
        : [`Sign-ins from ${gateway.value} are looked at by the policies again.`],
      outcome: `${gateway.value} is ${isWanted ? '' : 'not '}in the blocklist ${name}.`,
      stale: [wholeOf('network-zones')],
      undo: { action: isWanted ? 'unblock-address' : 'block-address', input: { address: input.address, networkZone: id } },
    };
  };
}

/** @throws ConfigError where it would be turned away all the same, or nothing would be left */
function mayGo(asked: AddressRange | undefined, others: readonly Json[], name: string): void {
  const mistake = (message: string): ConfigError => new ConfigError({ field: 'address', message });
  const wider = others.find((one) => isWithin(asked, rangeIn(one)));
  if (wider !== undefined)
    throw mistake(
      `It lies in ${textAt(wider, 'value') ?? 'a range'}, which ${name} turns away. Take that out, or narrow it in Okta.`,
    );
  // Okta's own empty zone may be empty, one that somebody has made may not.
  if (others.length === 0)
    throw mistake(`It is the last address in ${name}, and Okta keeps no empty zone. Deactivate the zone in Okta.`);
}

const rangeIn = (gateway: Json): AddressRange | undefined => rangeOf(textAt(gateway, 'value') ?? '');

const isWithin = (narrow: AddressRange | undefined, wide: AddressRange | undefined): boolean =>
  narrow !== undefined && wide !== undefined && covers(wide, narrow);

function gatewayOf(address: string): Gateway {
  const [host = '', bits, ...others] = address.trim().split('/');
  const version = versionOf(host);
  const mistake = (message: string): ConfigError => new ConfigError({ field: 'address', message });
  if (others.length > 0 || version === undefined) throw mistake('Is no IP address, and no range such as 203.0.113.0/24.');
  if (bits === undefined)
    return { type: version === 4 ? 'RANGE' : 'CIDR', value: version === 4 ? `${host}-${host}` : `${host}/128` };
  const size = Number(bits);
  if (!/^\d{1,3}$/.test(bits) || size > (version === 4 ? 32 : 128)) throw mistake('Is no range such as 203.0.113.0/24.');
  if (size < SHORTEST[version]) throw mistake(`Is too wide: at least /${SHORTEST[version]}, or half the world is locked out.`);
  return { type: 'CIDR', value: `${host}/${size}` };
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
  return { id, path: `/api/v1/zones/${encodeURIComponent(id)}`, name, object, gateways };
}

async function firstBlocklist(client: OktaClient): Promise<JsonObject> {
  let url: string | undefined = '/api/v1/zones?limit=200';
  while (url !== undefined) {
    const page: string = url;
    const { items, next } = listOf(await client.get({ url: page }), page);
    const zone = items.find(
      (item) => textAt(item, 'usage') === 'BLOCKLIST' && textAt(item, 'type') === 'IP' && textAt(item, 'status') === 'ACTIVE',
    );
    // Okta's JSON is an object of JSON.
    if (isObject(zone)) return zone as JsonObject;
    url = next;
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
