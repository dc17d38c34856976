import { setTimeout as delay } from 'node:timers/promises';
import type { Json } from '../json/json.js';
import { isJsonObject } from '../json/json.js';
import type { Reply } from '../http/endpoint.js';
import { OktaError, internalError, invalidPaging, invalidToken, notFound, tooManyRequests } from '../http/okta-error.js';
import type { IncomingCall } from '../http/responder.js';
import { concurrencyReply, errorReply, missingScopeReply, rateHeaders } from '../http/responder.js';
import type { FaultRule } from './fault-rule.js';

export interface FaultContext {
  readonly call: IncomingCall;
  /** What the endpoint asks for, where there is one. */
  readonly scope: string | undefined;
  readonly errorId: string;
  readonly now: Date;
  /** Nobody waits any more: the client has hung up, or the server is closed. */
  readonly gone: AbortSignal;
  /** The answer as it would be without the fault. */
  readonly answer: () => Promise<Reply>;
}

export type FaultOutcome =
  | { readonly kind: 'reply' | 'truncated'; readonly reply: Reply }
  | { readonly kind: 'hang' }
  /** `status`: of the answer that is kept back. */
  | { readonly kind: 'reset'; readonly status?: number };

const HTML = '<!DOCTYPE html><html><head><title>Maintenance</title></head><body><h1>We will be back soon</h1></body></html>';

/** Carries one fault out. Kinds that spoil an answer call for the right one first; the others never reach the org. */
export async function applyFault(rule: FaultRule, context: FaultContext): Promise<FaultOutcome> {
  switch (rule.kind) {
    case 'reset':
    case 'hang':
      return { kind: rule.kind };
    case 'reset-after':
      return { kind: 'reset', status: (await context.answer()).status };
    case 'status-after':
      await context.answer();
      return { kind: 'reply', reply: errorReply(statusError(rule), context.errorId) };
    case 'slow':
      await delay(rule.delayMs ?? 5000, undefined, { signal: context.gone });
      return { kind: 'reply', reply: await context.answer() };
    case 'slow-after': {
      const reply = await context.answer();
      await delay(rule.delayMs ?? 5000, undefined, { signal: context.gone });
      return { kind: 'reply', reply };
    }
    case 'truncate':
      return { kind: 'truncated', reply: await context.answer() };
    case 'empty-list':
    case 'foreign-next':
    case 'self-next':
      return { kind: 'reply', reply: spoiled(rule, context, await context.answer()) };
    case 'expired-cursor':
      return { kind: 'reply', reply: errorReply(invalidPaging(), context.errorId) };
    default:
      return { kind: 'reply', reply: made(rule.kind, rule, context) };
  }
}

type MadeKind = 'status' | 'html' | 'forbidden' | 'not-found' | 'unauthorized' | 'retry-429' | 'concurrency-429';

/** An answer that has nothing of the right one. */
function made(kind: MadeKind, rule: FaultRule, context: FaultContext): Reply {
  switch (kind) {
    case 'status':
      return errorReply(statusError(rule), context.errorId);
    case 'html':
      return { status: rule.status ?? 200, body: HTML, headers: { 'content-type': 'text/html;charset=utf-8' } };
    case 'forbidden':
      return missingScopeReply(context.scope ?? 'okta.unknown.read');
    case 'not-found':
      return errorReply(notFound(context.call.path.split('/').at(-1) ?? '', 'Resource'), context.errorId);
    case 'unauthorized':
      return errorReply(invalidToken('Bearer'), context.errorId);
    case 'retry-429': {
      const reset = Math.ceil((context.now.getTime() + (rule.delayMs ?? 1000)) / 1000);
      const headers = rateHeaders({ limit: 600, remaining: 0, reset });
      return { status: 429, body: tooManyRequests().body(context.errorId), headers };
    }
    case 'concurrency-429':
      return concurrencyReply(context.now, context.errorId);
  }
}

function statusError(rule: FaultRule): OktaError {
  const status = rule.status ?? 500;
  return rule.code === undefined ? internalError(status) : new OktaError(status, rule.code, 'Injected fault');
}

function spoiled(rule: FaultRule, context: FaultContext, reply: Reply): Reply {
  const { call } = context;
  const query = call.query.toString();
  const pathAndQuery = `${call.path}${query ? `?${query}` : ''}`;
  if (rule.kind === 'empty-list') return emptied(reply);
  const next =
    rule.kind === 'self-next' ? `${call.base}${pathAndQuery}` : `${rule.host ?? 'https://attacker.example'}${pathAndQuery}`;
  if (!isJsonObject(reply.body)) return { ...reply, links: { ...reply.links, next } };
  const links = isJsonObject(reply.body['_links']) ? reply.body['_links'] : {};
  return { ...reply, body: { ...reply.body, _links: { ...links, next: { href: next } } } };
}

function emptied(reply: Reply): Reply {
  const { links, ...rest } = reply;
  const self = links?.self === undefined ? {} : { links: { self: links.self } };
  return { ...rest, ...self, body: withoutRows(reply.body ?? []) };
}

/** Wrapped lists (`{ "value": [...] }`) stay wrapped; their next link goes with the rows. */
function withoutRows(body: Json): Json {
  if (!isJsonObject(body)) return [];
  const entries = Object.entries(body).filter(([key]) => key !== '_links');
  return Object.fromEntries(entries.map(([key, value]) => [key, Array.isArray(value) ? [] : value]));
}
