import { type Check, withTrial } from '../suite/check.js';
import type { MemoryHost } from '../host/memory-host.js';
import { fullRun, stoppedText } from '../suite/full-run.js';
import type { Trial } from '../suite/trial.js';
import { few, hold } from '../suite/verdict.js';

export const twoInstances: Check = {
  title: 'two integrations side by side in one process share nothing',
  run: (bench) =>
    withTrial(bench, { tenant: 'acme' }, (acme) =>
      withTrial(bench, { tenant: 'umbrella' }, async (umbrella) => {
        const first = await fullRun(acme);
        const second = umbrella.host();
        await second.run();
        hold(
          second.stopped.length === 0,
          `After another integration was read in this process, a second one stops: ${few(second.stopped.map(stoppedText))}. ${NOTHING_OUTSIDE}`,
        );
        const asked = [acme.wire.trace.length, umbrella.wire.trace.length] as const;
        judgeTenants(first, second);
        judgeMixing(acme, first, umbrella);
        judgeMixing(umbrella, second, acme);
        acme.wire.reset();
        umbrella.wire.reset();
        const again = [acme.host(), umbrella.host()] as const;
        await Promise.all(again.map((host) => host.run()));
        judgeTogether(acme, again[0], first, asked[0]);
        judgeTogether(umbrella, again[1], second, asked[1]);
      }),
    ),
};

const NOTHING_OUTSIDE = 'Nothing may live outside of the client that connect() returns.';

/** Built-in objects may have one name everywhere; but where all streams share their keys, nothing could be seen mixed up. */
function judgeTenants(first: MemoryHost, second: MemoryHost): void {
  const apart = first.streams.filter((name) => {
    const keys = first.rows.keysOf(name);
    return keys.length > 0 && !keys.some((key) => second.rows.keysOf(name).includes(key));
  });
  hold(apart.length > 0, 'The upstream gives two tenants the same ids: this check could not see them mixed up.');
}

/** A value in the records that this provider never sent, and the other one did. */
function judgeMixing({ wire, upstream }: Trial, host: MemoryHost, other: Trial): void {
  const [own, foreign] = [wire, other.wire].map(({ trace }) => trace.map(({ answer }) => answer.body).join('\n'));
  const texts = new Set(host.streams.flatMap((name) => host.rows.of(name).flatMap((record) => leavesOf(record.data))));
  const mixed = [...texts].filter((text) => own?.includes(text) === false && foreign?.includes(text) === true);
  hold(
    mixed.length === 0,
    `The records of ${upstream.tenant} hold what only ${other.upstream.tenant} has sent: ${few(mixed)}. ${NOTHING_OUTSIDE}`,
  );
}

function leavesOf(value: unknown): readonly string[] {
  // Short words stand in any text.
  if (typeof value === 'string') return value.length >= 6 ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leavesOf) : [];
}

/** A request that went to the other one's provider carries the other's credential, or is missing here. */
function judgeTogether({ wire, upstream }: Trial, host: MemoryHost, alone: MemoryHost, asked: number): void {
  const { tenant } = upstream;
  hold(
    host.stopped.length === 0,
    `Beside another integration, ${tenant} stops: ${few(host.stopped.map(stoppedText))}. ${NOTHING_OUTSIDE}`,
  );
  const steady = host.connector.streams.flatMap(({ name, semantics }) => (semantics === 'snapshot' ? [name] : []));
  const differences = host.rows.differencesFrom(alone.rows, steady);
  hold(
    differences.length === 0,
    `Beside another integration, ${tenant} gives other records: ${few(differences)}. ${NOTHING_OUTSIDE}`,
  );
  const refused = wire.trace.filter(({ answer }) => answer.status === 401).length;
  hold(refused === 0, `Beside another integration, ${tenant} met ${refused} requests with a credential that is not its own.`);
  hold(
    wire.trace.length >= asked,
    `Beside another integration, ${tenant} was asked ${wire.trace.length} times instead of ${asked}: something was taken from the other one.`,
  );
}
