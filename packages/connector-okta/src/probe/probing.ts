import type { HttpResponse } from '@castellan/connector-sdk';
import type { OktaClient, OktaRequest } from '../client/okta-client.js';
import { LimitsSeen } from './limits-seen.js';

/**
 * One small read that shows that streams can be read. @returns a remark for the row. @throws ConnectorError when they cannot.
 */
export type Proof = (probing: Probing) => Promise<string | undefined>;

/** One connection test under way: each proof is made once, however many streams rest on it, and every answer's limits are kept. */
export class Probing {
  readonly limits = new LimitsSeen();
  /** Ids of objects to look inside of, as the proofs come across them. */
  readonly samples: { user?: string; group?: string; app?: string } = {};
  readonly #client: OktaClient;
  readonly #made = new Map<Proof, Promise<string | undefined>>();

  constructor(client: OktaClient) {
    this.#client = client;
  }

  prove(proof: Proof): Promise<string | undefined> {
    const made = this.#made.get(proof) ?? proof(this);
    this.#made.set(proof, made);
    return made;
  }

  async get(request: OktaRequest): Promise<HttpResponse> {
    const response = await this.#client.get(request);
    this.limits.see(request.url, response);
    return response;
  }

  /** Like `get`, but an object that is gone meanwhile is no failure. */
  async find(request: OktaRequest): Promise<void> {
    const response = await this.#client.find(request);
    if (response !== undefined) this.limits.see(request.url, response);
  }
}
