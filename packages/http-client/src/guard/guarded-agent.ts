import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import { isAllowedHost } from '@castellan/form-schema';
import { Agent, buildConnector } from 'undici';
import { BlockedAddress } from './blocked-address.js';
import { guardedLookup, type ResolveAll } from './guarded-lookup.js';
import { isSpecialAddress } from './special-address.js';

export interface GuardedAgentOptions {
  /** Hosts (`host` or `host:port`) that the operator has exempted. */
  readonly allowedHosts: readonly string[];
  readonly connectMs: number;
  /** Asked in place of the system's resolver. For tests of the guard. */
  readonly resolve?: ResolveAll;
}

export interface GuardedAgent {
  readonly dispatcher: Agent;
  /** Open sockets, those still connecting included. */
  readonly sockets: ReadonlySet<Socket>;
  /** Ends every socket at once. */
  destroy(): Promise<void>;
}

/**
 * An undici agent that speaks to the public Internet only. Three checks, since each alone was got around: literals never
 * reach a lookup; names may resolve inwards; and what counts in the end is the peer of the socket that we really have.
 */
export function guardedAgent(options: GuardedAgentOptions): GuardedAgent {
  const sockets = new Set<Socket>();
  const connect = guardedConnector(options, sockets);
  const dispatcher = new Agent({ connect, pipelining: 1 });
  return {
    dispatcher,
    sockets,
    destroy: async () => {
      const ended = dispatcher.destroy();
      // undici forgets a socket that is still connecting until it has connected.
      for (const socket of sockets) socket.destroy();
      await ended;
    },
  };
}

function guardedConnector(options: GuardedAgentOptions, sockets: Set<Socket>): buildConnector.connector {
  // Spelled out, since otherwise NODE_TLS_REJECT_UNAUTHORIZED=0 in the environment turns verification off.
  const shared = { timeout: options.connectMs, rejectUnauthorized: true };
  const plain = tracked(buildConnector(shared), sockets);
  const guarded = tracked(buildConnector({ ...shared, lookup: guardedLookup(options.resolve) }), sockets);
  return (target, callback) => {
    if (isExempt(target, options.allowedHosts)) return plain(target, callback);
    const host = bare(target.hostname);
    if (isIP(host) !== 0 && isSpecialAddress(host)) return callback(new BlockedAddress(host, host), null);
    guarded(target, (...[error, socket]) => {
      if (error !== null) return callback(error, null);
      if (!isSpecialAddress(socket.remoteAddress)) return callback(null, socket);
      socket.destroy();
      callback(new BlockedAddress(host, socket.remoteAddress), null);
    });
  };
}

/** undici's connector gives back its socket before it is connected, which its type does not say. */
function tracked(connect: buildConnector.connector, sockets: Set<Socket>): buildConnector.connector {
  return (target, callback) => {
    const socket: unknown = connect(target, callback);
    if (!isSocket(socket)) return;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  };
}

function isSocket(value: unknown): value is Socket {
  return typeof value === 'object' && value !== null && 'destroy' in value && 'once' in value;
}

function isExempt(target: buildConnector.Options, allowedHosts: readonly string[]): boolean {
  const host = bare(target.hostname);
  const address = `${target.protocol}//${isIP(host) === 6 ? `[${host}]` : host}${target.port ? `:${target.port}` : ''}`;
  return URL.canParse(address) && isAllowedHost(new URL(address), allowedHosts);
}

/** An IPv6 literal without its brackets. */
function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}
