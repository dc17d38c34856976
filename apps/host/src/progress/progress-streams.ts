import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '../callers/caller.js';
import type { CallerWatch } from '../callers/caller-watch.js';
import { Problem } from '../problems/problem.js';
import { CallerChecks, type Verdict } from './caller-checks.js';
import { begin } from './event-stream.js';
import { ProgressClient } from './progress-client.js';
import type { ProgressPoll } from './progress-poll.js';

/** Proxies close what is silent for 30 to 60 s. */
const PING_MS = 15_000;
/** A browser has six connections to a host over HTTP/1.1. */
const MOST_OF_A_CALLER = 20;
/** One customer of a product must not take the places of all others. */
const MOST_OF_A_WORKSPACE = 200;
/** Each holds a socket and what it was sent last. */
const MOST_IN_ALL = 1_000;

interface Watcher {
  readonly who: string;
  readonly workspaceId: string;
}

/** The open streams of this host: who may have one, how many, and when they end. */
export class ProgressStreams {
  readonly #poll: ProgressPoll;
  readonly #checks: CallerChecks;
  readonly #open = new Map<ProgressClient, Watcher>();
  #pings: NodeJS.Timeout | undefined;
  #isStopped = false;

  /** @param stopping aborted when the host begins to stop: all streams end at once, and their clients look for another host */
  constructor(poll: ProgressPoll, watch: CallerWatch, stopping: AbortSignal) {
    this.#poll = poll;
    this.#checks = new CallerChecks(watch);
    stopping.addEventListener('abort', () => this.#endAll(), { once: true });
  }

  /**
   * Answers with a stream that stays open.
   * @param only one integration of the caller's workspace; default: all.
   * @throws Problem (429, 503) before anything is written.
   */
  open(caller: Caller, request: IncomingMessage, response: ServerResponse, only?: string): void {
    if (request.method === 'HEAD') {
      begin(response);
      response.end();
      return;
    }
    const watcher = { who: `${caller.kind} ${caller.id}`, workspaceId: caller.workspaceId };
    this.#requireRoom(watcher);
    // Gone while the integration was looked up: its end was told before anybody listened.
    if (response.destroyed) return;
    const ends: (() => void)[] = [];
    const onClose = (): void => {
      for (const end of ends) end();
      this.#open.delete(client);
      if (this.#open.size === 0) this.#stopPings();
    };
    const client = new ProgressClient(response, { only, lastEventId: lastEventIdOf(request), onClose });
    this.#open.set(client, watcher);
    ends.push(this.#checks.add(caller, (verdict) => client.end(reasonOf(verdict))));
    ends.push(this.#poll.listen(caller.workspaceId, (present) => client.show(present)));
    this.#pings ??= setInterval(() => this.#ping(), PING_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    this.#endAll();
    await this.#poll.stop();
  }

  #endAll(): void {
    this.#isStopped = true;
    this.#stopPings();
    for (const client of this.#open.keys()) client.end();
  }

  #requireRoom({ who, workspaceId }: Watcher): void {
    if (this.#isStopped) throw busy('This host is being stopped.');
    const ofWorkspace = [...this.#open.values()].filter((other) => other.workspaceId === workspaceId);
    const own = ofWorkspace.filter((other) => other.who === who);
    if (own.length >= MOST_OF_A_CALLER) {
      throw tooMany(
        `You have ${MOST_OF_A_CALLER} progress streams open, the most that a caller may have. Close one, or watch all integrations with one.`,
      );
    }
    if (ofWorkspace.length >= MOST_OF_A_WORKSPACE) {
      throw tooMany(
        `Your workspace has ${MOST_OF_A_WORKSPACE} progress streams open on this host, the most that a workspace may have. Close one.`,
      );
    }
    if (this.#open.size >= MOST_IN_ALL) throw busy('This host has as many open streams as it can serve.');
  }

  #ping(): void {
    for (const client of this.#open.keys()) client.ping();
  }

  #stopPings(): void {
    clearInterval(this.#pings);
    this.#pings = undefined;
  }
}

/** Who could not be asked about shall come again: then the guard answers. */
function reasonOf(verdict: Verdict): 'signed_out' | undefined {
  return verdict === 'invalid' ? 'signed_out' : undefined;
}

function tooMany(detail: string): Problem {
  return new Problem({ code: 'too-many-streams', detail, retryAfterSeconds: 10 });
}

function busy(why: string): Problem {
  const detail = `${why} Try again in a few seconds.`;
  return new Problem({ code: 'busy', detail, retryAfterSeconds: 5 });
}

/** Only ever compared with what this host would send. */
function lastEventIdOf({ headers }: IncomingMessage): string | undefined {
  const id = headers['last-event-id'];
  return typeof id === 'string' ? id : undefined;
}
