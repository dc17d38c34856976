export interface RecentRequest {
  readonly method: string;
  readonly path: string;
  readonly template: string;
  readonly bucket: string;
  status: number;
  readonly at: Date;
  durationMs: number;
}

const KEPT = 2000;

/** What was asked of the simulator. Neither headers nor bodies are kept: that is where the secrets are. */
export class RequestLog {
  #total = 0;
  #inFlight = 0;
  #maxConcurrency = 0;
  #rateLimited = 0;
  #concurrencyLimited = 0;
  readonly #byTemplate = new Map<string, number>();
  readonly #byBucket = new Map<string, number>();
  readonly #byStatus = new Map<number, number>();
  #recent: RecentRequest[] = [];

  get total(): number {
    return this.#total;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  get maxConcurrency(): number {
    return this.#maxConcurrency;
  }

  /** Answers 429 of either kind. */
  get tooMany(): number {
    return this.#rateLimited + this.#concurrencyLimited;
  }

  get rateLimited(): number {
    return this.#rateLimited;
  }

  get concurrencyLimited(): number {
    return this.#concurrencyLimited;
  }

  get byTemplate(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#byTemplate);
  }

  get byBucket(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#byBucket);
  }

  get byStatus(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#byStatus);
  }

  /** The last requests, oldest first. */
  get recent(): readonly RecentRequest[] {
    return this.#recent.slice(-KEPT);
  }

  /** How often an endpoint template was asked for. */
  count(template: string): number {
    return this.#byTemplate.get(template) ?? 0;
  }

  /** Starts counting anew; what is in flight stays counted. */
  reset(): void {
    this.#total = 0;
    this.#maxConcurrency = this.#inFlight;
    this.#rateLimited = 0;
    this.#concurrencyLimited = 0;
    for (const counts of [this.#byTemplate, this.#byBucket]) counts.clear();
    this.#byStatus.clear();
    this.#recent = [];
  }

  begin(request: Pick<RecentRequest, 'method' | 'path' | 'template' | 'bucket'>): RecentRequest {
    const entry: RecentRequest = { ...request, status: 0, at: new Date(), durationMs: 0 };
    this.#total += 1;
    this.#inFlight += 1;
    this.#maxConcurrency = Math.max(this.#maxConcurrency, this.#inFlight);
    increase(this.#byTemplate, request.template);
    increase(this.#byBucket, request.bucket);
    this.#recent.push(entry);
    // Trimmed in blocks: a shift per request would copy the list each time.
    if (this.#recent.length > 2 * KEPT) this.#recent = this.#recent.slice(-KEPT);
    return entry;
  }

  end(entry: RecentRequest, status: number): void {
    entry.status = status;
    entry.durationMs = Date.now() - entry.at.getTime();
    this.#inFlight -= 1;
    increase(this.#byStatus, status);
  }

  limited(kind: 'rate' | 'concurrency'): void {
    if (kind === 'rate') this.#rateLimited += 1;
    else this.#concurrencyLimited += 1;
  }
}

function increase<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
