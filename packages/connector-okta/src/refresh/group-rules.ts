import type { RefreshPage } from '@castellan/connector-sdk';
import { mapGroupRule } from '../map/group.js';
import { segment } from '../streams/parts.js';
import { byField, type OktaRefreshArgs, type Part, readParts, type Step, unreadable } from './read-parts.js';

export function refreshGroupRules(args: OktaRefreshArgs): AsyncIterable<RefreshPage<'group_rule'>> {
  const { key: keys, others } = byField(args.scopes, 'key');
  const parts = keys.map(
    (key): Part<'group_rule'> => ({ scopes: [{ field: 'key', value: key }], read: () => readRule(args, key) }),
  );
  return readParts([...parts, ...unreadable<'group_rule'>(others)]);
}

async function readRule({ client }: OktaRefreshArgs, key: string): Promise<Step<'group_rule'>> {
  const complete = [{ field: 'key', value: key }];
  const response = await client.find({ url: `/api/v1/groups/rules/${segment(key)}` });
  if (response === undefined) return { complete };
  const record = mapGroupRule(response.body, client.drift);
  if (record?.key === key) return { records: [record], complete };
  const reason = 'Okta answered with something that is not this rule';
  return { unread: complete.map((scope) => ({ scope, reason })) };
}
