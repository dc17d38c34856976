import type { Storage, Webhook } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../callers/caller.js';
import { readId } from '../input/parameters.js';
import { notFound, Problem } from '../problems/problem.js';
import { STORAGE } from '../storage/storage-token.js';

@Injectable()
export class WebhookLookup {
  readonly #storage: Storage;

  constructor(@Inject(STORAGE) storage: Storage) {
    this.#storage = storage;
  }

  /** @throws Problem (404) for an unknown id, for one of another workspace, and for a text that is none. */
  async require({ workspaceId }: Caller, id: string): Promise<Webhook> {
    const webhook = await this.#storage.webhooks.get(workspaceId, readId(id, 'id', 'webhook'));
    if (webhook === undefined) throw noWebhook();
    return webhook;
  }

  /** The same, locked: for changes, inside their transaction. @throws Problem (404) */
  async requireLocked({ workspaceId }: Caller, id: string): Promise<Webhook> {
    const webhook = await this.#storage.webhooks.getLocked(workspaceId, readId(id, 'id', 'webhook'));
    if (webhook === undefined) throw noWebhook();
    return webhook;
  }

  /** For what would wait in vain while it is off. @throws Problem (404, 409) */
  async requireEnabled(caller: Caller, id: string): Promise<Webhook> {
    const webhook = await this.require(caller, id);
    if (webhook.isEnabled) return webhook;
    const detail = 'The webhook is off and gets nothing. Set "isEnabled" to true first.';
    throw new Problem({ code: 'webhook-disabled', detail });
  }
}

export function noWebhook(): Problem {
  return notFound('id', 'webhook with this id');
}
