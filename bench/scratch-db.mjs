import { keyFromText, openStorage, DEFAULT_WORKSPACE_ID as W } from '@castellan/storage';
import pg from 'pg';
import { fillOrganisation } from './access/organisation.mjs';
import { writeFileSync } from 'node:fs';
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const storage = await openStorage({ dataDir: '/tmp/acc/pg', key: keyFromText('ab'.repeat(32)), logger: silent });
const c = new pg.Client({ connectionString: storage.databaseUrl }); await c.connect();
let [row] = (await c.query(`select id from integrations`)).rows;
if (!row) { row = await storage.integrations.create(W, { connectorId: 'acme', name: 'Acme', config: {}, secrets: {} });
 await fillOrganisation((t, v) => c.query(t, v), row.id, { accounts: 100000, groups: 10000, applications: 1000, memberships: 1000000, events: 50000000, days: 90 }); }
writeFileSync('/tmp/acc/env', `URL='${storage.databaseUrl}'\nID=${row.id}\n`); console.log('ready', storage.databaseUrl, row.id);
setInterval(() => {}, 1000); process.on('SIGTERM', async () => { await c.end(); await storage.close(); process.exit(0); });
