import { setMaxListeners } from 'node:events';
import { isAllowedHost } from '@castellan/form-schema';
import { exchange, type Headers } from '../client/exchange.js';
import { brokenError } from '../failure/broken-error.js';
import { guardedAgent } from '../guard/guarded-agent.js';
import type { ResolveAll } from '../guard/guarded-lookup.js';
import { DEFAULT_LIMITS } from '../limits.js';
import { USER_AGENT } from '../user-agent.js';

export interface PosterOptions {
  /** `host` or `host:port` that the operator allows: may be private, and may be spoken to over plain http. */
  readonly allowedHosts: readonly string[];
  /** Ends whatever is under way. */
  readonly signal: AbortSignal;
  /** For one request, from the connection to the last byte that is read. Default 15 s. */
  readonly totalMs?: number;
  /** Asked in place of the system's resolver. */
  readonly resolve?: ResolveAll;
}

/** `none`: no answer came, and why in a sentence that holds nothing of the address but its host. */
export type Posted =
  | { readonly kind: 'answer'; readonly status: number; readonly headers: Headers }
  | { readonly kind: 'none'; readonly reason: string };

export interface Poster {
  /** Sends once: no retry, no redirect. @throws the signal's reason when it is aborted, and nothing else. */
  post(url: URL, body: string, headers: Readonly<Record<string, string>>): Promise<Posted>;
  close(): Promise<void>;
}

/** An answer is read so that its connection can be used again; nobody looks at it, so what is longer costs the connection. */
const MOST_BYTES = 4 * 1024;
const TOTAL_MS = 15_000;

/** Posts to addresses that people have entered, behind the same guard as connectors. What it is told to send is what goes out. */
export function createPoster({ allowedHosts, signal, totalMs = TOTAL_MS, resolve }: PosterOptions): Poster {
  // Every request listens to it, which Node else warns about.
  setMaxListeners(0, signal);
  const agent = guardedAgent({ allowedHosts, connectMs: totalMs, ...(resolve !== undefined && { resolve }) });
  const limits = { ...DEFAULT_LIMITS, idleMs: totalMs, totalMs, bodyBytes: MOST_BYTES };
  return {
    async post(url, body, headers) {
      if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isAllowedHost(url, allowedHosts)))
        return { kind: 'none', reason: `${url.host} must be reached over https.` };
      let head: Extract<Posted, { readonly kind: 'answer' }> | undefined;
      const onHead = (status: number, received: Headers): void => {
        head = { kind: 'answer', status, headers: received };
      };
      const envelope = { url, method: 'POST', headers: { 'user-agent': USER_AGENT, ...headers }, body } as const;
      const result = await exchange(envelope, { dispatcher: agent.dispatcher, limits, signal, onHead });
      // The status is the answer, whatever becomes of the body.
      if (head !== undefined) return head;
      if (result.kind === 'answer') return { kind: 'answer', status: result.status, headers: result.headers };
      // Not the path: that of a webhook is often as good as a password.
      const subject = { method: 'POST', host: url.host, path: 'the request', secrets: [] } as const;
      return { kind: 'none', reason: brokenError(subject, result).error.message };
    },
    close: () => agent.destroy(),
  };
}
