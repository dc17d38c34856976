import { type ConnectionCheck, ConnectorError, type StreamInfo } from '@castellan/connector-sdk';
import type { OktaConfig } from '../config/okta-config.js';
import { EACH_ACCOUNT } from '../streams/each-account/each-account-pack.js';
import { problemRow } from './problem-row.js';
import type { Probing } from './probing.js';
import { proofOf } from './proofs.js';
import { POSTURE } from '../streams/posture/posture-pack.js';
import { SECRET_AGES } from '../streams/secret-ages/secret-ages-pack.js';

type Probed = Pick<StreamInfo, 'name' | 'requires' | 'dependsOn' | 'pack'>;

/** The streams that a run with these settings reads. */
export function streamsToProbe<S extends Probed>(streams: readonly S[], config: Readonly<OktaConfig>): readonly S[] {
  const left: readonly (string | undefined)[] = [
    ...(config.posture ? [] : [POSTURE]),
    ...(config.eachAccount ? [] : [EACH_ACCOUNT]),
    ...(config.secretAges ? [] : [SECRET_AGES]),
  ];
  return streams.filter(({ pack }) => pack === undefined || !left.includes(pack));
}

export function streamRowName(stream: { readonly name: string }): string {
  return `stream ${stream.name}`;
}

/** A row for each stream, in the order given: each stands behind those that it depends on. Only a stop of the whole test comes through. */
export async function streamRows(
  streams: readonly Probed[],
  config: Readonly<OktaConfig>,
  granted: readonly string[] | null,
  probing: Probing,
): Promise<readonly ConnectionCheck[]> {
  const rows: ConnectionCheck[] = [];
  const unreadable = new Set<string>();
  for (const stream of streams) {
    const name = streamRowName(stream);
    const reason = whyNot(stream, config, granted, unreadable);
    const row = reason === undefined ? await tryOut(stream, probing) : { name, status: 'skipped' as const, message: reason };
    if (row.status !== 'ok') unreadable.add(stream.name);
    rows.push(row);
  }
  return rows;
}

/** Why a stream need not be tried. */
function whyNot(
  stream: Probed,
  config: Readonly<OktaConfig>,
  granted: readonly string[] | null,
  unreadable: ReadonlySet<string>,
): string | undefined {
  if (stream.name === 'authenticators' && config.skipFactors) return 'Left out by the setting skipFactors.';
  const missing = granted === null ? [] : stream.requires.filter((scope) => !granted.includes(scope));
  if (missing.length > 0) return `Not readable: the scope ${missing.join(', ')} is not granted.`;
  const needed = stream.dependsOn.filter((name) => unreadable.has(name));
  return needed.length > 0 ? `Not readable without ${needed.join(', ')}.` : undefined;
}

async function tryOut(stream: Probed, probing: Probing): Promise<ConnectionCheck> {
  const name = streamRowName(stream);
  const proof = proofOf(stream);
  if (proof === undefined) return { name, status: 'ok', message: 'Its scopes are granted; not tried.' };
  try {
    return { name, status: 'ok', message: (await probing.prove(proof)) ?? 'Readable.' };
  } catch (error) {
    const known = ConnectorError.from(error);
    if (known.kind === 'aborted' || known.kind === 'internal') throw known;
    // Granted and still not readable means that the admin role is missing: then the other lists are refused or empty, too.
    return problemRow(name, known, stream.name === 'accounts' ? 'connection' : 'stream');
  }
}
