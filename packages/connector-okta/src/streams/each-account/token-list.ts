import { PageTrail, type Rejected, type SourceRecord } from '@castellan/connector-sdk';
import { listOf, type OktaClient, type OktaRequest } from '../../client/okta-client.js';
import { clientIdOf, mapConsent, mapRefreshToken } from '../../map/token-grant.js';
import { PAGE_SIZE } from '../../plan/formula.js';
import { endless } from '../endless.js';
import type { PartPage } from '../fan-out.js';
import { continuing, mapItems, type Mapper } from '../listing.js';
import { segment } from '../parts.js';

type Row = 'token_grant';
type Priority = 'normal' | 'low';

/**
 * Tokens and consents of one account. Its clients are asked for first: most accounts have none, and cost no more than that call.
 * The others cost one for the consents, and one for the tokens of each client.
 */
export async function tokensOf(client: OktaClient, account: string, priority: Priority): Promise<PartPage<Row>> {
  const user = `/api/v1/users/${segment(account)}`;
  const url = `${user}/clients`;
  const response = await client.find({ url, priority });
  if (response === undefined) return 'gone';
  const ids = listOf(response, url).items.map((item) => clientIdOf(item, client.drift));
  const found = new Rows(client, priority);
  if (ids.length > 0) await found.read(`${user}/grants`, (item) => mapConsent(item, account, client.drift));
  for (const id of ids) {
    if (id === null) continue;
    await found.read(`${url}/${segment(id)}/tokens`, (item) => mapRefreshToken(item, account, client.drift));
  }
  return { records: found.records, rejected: found.rejected, next: undefined, calls: 1 + found.calls };
}

/** Rows of several short lists. */
class Rows {
  readonly records: SourceRecord<Row>[] = [];
  readonly rejected: Rejected[] = [];
  calls = 0;

  constructor(
    private readonly client: OktaClient,
    private readonly priority: Priority,
  ) {}

  /** To the end of the list; one that is gone is empty. */
  async read(url: string, map: Mapper<Row>): Promise<void> {
    const first: OktaRequest = { url, query: { limit: String(PAGE_SIZE.grants) }, priority: this.priority };
    const trail = new PageTrail();
    let request: OktaRequest | undefined = first;
    while (request !== undefined) {
      this.calls += 1;
      const asked: string = request.url;
      const response = await this.client.find(request);
      if (response === undefined) return;
      const { items, next } = listOf(response, asked);
      const { records, rejected } = mapItems(items, map, url);
      this.records.push(...records);
      this.rejected.push(...rejected);
      const problem = next === undefined ? undefined : trail.follow(next);
      if (problem !== undefined) throw endless('tokens of accounts', problem);
      request = next === undefined ? undefined : continuing(first, next);
    }
  }
}
