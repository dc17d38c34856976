/** `npm start`: the host, for a real organisation. */
import { install, start, stop, turbo } from './workspace.mjs';

install();
turbo('build');
const host = start('apps/host/dist/main.js', []);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(host));
host.once('exit', (code) => {
  process.exitCode = code ?? 1;
});
