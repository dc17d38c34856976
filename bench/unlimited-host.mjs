/** The host as it is, but without the limits that keep one caller from taking all of it: a benchmark asks for more than anybody else. */
import { readSettings, startHost } from '@castellan/host';

const limits = { network: 1e9, caller: 1e9, expensiveAtOnce: 1e3, expensivePerMinute: 1e6 };
const host = await startHost(readSettings(process.env, process.cwd()), { limits });
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    host.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
