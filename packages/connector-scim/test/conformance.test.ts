import { checkConnector, describeConnector } from '@castellan/connector-testkit';
import { connector } from '../src/index.js';
import { GOOD_CONFIG } from './support/fake-scim.js';
import { configFor, upstream, upstreamWith } from './support/upstream.js';

describeConnector(connector, { upstream, config: configFor });

/** The service above goes by positions; this one offers cursors. That one was lost is tried in `cursor-paging.test.ts`: the last page has none either. */
const pagination = { cursor: true, index: true, defaultPaginationMethod: 'index' };
const byCursor = upstreamWith({ config: { ...GOOD_CONFIG, pagination } });

test.each(['eachRecordOnce', 'cutAtEveryPage', 'lostCursor'] as const)('by cursor, too: %s', async (name) => {
  const verdict = await checkConnector(connector, { upstream: byCursor, config: configFor }, name);
  expect(verdict).toMatchObject({ check: name, result: 'passed' });
});
