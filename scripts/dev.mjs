/** `npm run dev`: for people who write a connector. What they save is live in the host a moment later. */
import { install, root } from './workspace.mjs';

install();
// What it stands on is there only now.
const { develop } = await import('./dev/develop.mjs');
await develop(root);
