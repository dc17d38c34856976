import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Album } from './album.mjs';
import { Stage, ADA } from './stage.mjs';
import { access } from './access.mjs';
const folder = join(process.cwd(), '.castellan', 'pictures');
mkdirSync(folder, { recursive: true });
const data = mkdtempSync(join(tmpdir(), 'castellan-pictures-'));
const stage = await Stage.open(data);
try {
  await stage.api.call('POST', '/set-up', { token: stage.setupToken, workspace: 'Acme', ...ADA });
  const simulator = await stage.simulate({ users: 300, groups: 24, apps: 12, events: 3000, seed: 5 });
  stage.simulator = simulator;
  const { id } = await stage.api.call('POST', '/integrations', { connector: 'okta', name: 'Okta', config: simulator.config });
  stage.integration = id;
  await stage.settled(id);
  if (process.argv[3]) { const { run } = await import(process.argv[3]); await run(stage); }
  const album = new Album({ folder, wanted: process.argv[2] ?? '', isForReadme: false });
  await access(stage, album);
  console.log(album.taken);
} finally { await stage.close(); rmSync(data, { recursive: true, force: true }); }
