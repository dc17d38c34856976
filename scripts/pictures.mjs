/**
 * `npm run pictures [part of a name]`: pictures of every page and state, light and dark, wide and narrow, in `.castellan/pictures`. For people to
 * look at; nothing is compared. `npm run pictures -- --readme` makes the few that the README shows.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Album } from './pictures/album.mjs';
import { Stage } from './pictures/stage.mjs';
import { SCENES } from './pictures/scenes.mjs';
import { install, root, turbo } from './workspace.mjs';

const [wanted = ''] = process.argv.slice(2);
const isForReadme = wanted === '--readme';

install();
turbo('build');
const folder = isForReadme ? join(root, 'docs', 'pages') : join(root, '.castellan', 'pictures');
mkdirSync(folder, { recursive: true });
const data = mkdtempSync(join(tmpdir(), 'castellan-pictures-'));
const stage = await Stage.open(data);
const album = new Album({ folder, wanted: isForReadme ? '' : wanted, isForReadme });
try {
  // In their order: each finds what the ones before have left.
  for (const [name, scene] of SCENES) {
    process.stderr.write(`${name}\n`);
    await scene(stage, album);
  }
} finally {
  await stage.close();
  rmSync(data, { recursive: true, force: true });
}
process.stdout.write(`${album.taken} pictures in ${folder}\n`);
