import type { ConnectionReport, Connector, KeyAlgorithm, KeyPair } from '@castellan/connector-sdk';
import { chosenAddresses, type ConfigEnvironment, type FieldHint, type FieldIssue } from '@castellan/form-schema';
import type { CatalogueEntry, ConnectorCatalogue } from '@castellan/sync-engine';
import { configField, invalidConfig, notFound, Problem } from '../problems/problem.js';
import type { ConnectionTester } from './connection-tester.js';
import { placeholderIssues } from './placeholder-issues.js';

export interface ValidSettings {
  readonly config: object;
  /** What was understood but changed, named as the caller named it (`config.domain`). */
  readonly hints: readonly FieldHint[];
}

/** What requests may ask of connectors: find one, judge settings, try a connection. */
export class ConnectorDesk {
  readonly #catalogue: ConnectorCatalogue;
  readonly #tester: ConnectionTester;
  readonly #environment: ConfigEnvironment;

  constructor(catalogue: ConnectorCatalogue, tester: ConnectionTester, environment: ConfigEnvironment) {
    this.#catalogue = catalogue;
    this.#tester = tester;
    this.#environment = environment;
  }

  get entries(): readonly CatalogueEntry[] {
    return this.#catalogue.entries;
  }

  /** @throws Problem (404) that names `parameter`. */
  entry(id: string, parameter: string): CatalogueEntry {
    const entry = this.#catalogue.entries.find((candidate) => candidate.id === id);
    if (entry !== undefined) return entry;
    const known = this.#catalogue.entries.map((candidate) => candidate.id).join(', ');
    throw notFound(parameter, `connector with this id. Connectors: ${known === '' ? 'none' : known}`);
  }

  /** @throws Problem when there is none (404) or it could not be loaded (503). */
  connector(id: string, parameter: string): Connector {
    return availableOf(this.entry(id, parameter));
  }

  /** Of an integration that exists: what is missing is the connector, and not what was asked for. @throws Problem (503) */
  connectorOf({ connectorId }: { readonly connectorId: string }): Connector {
    const entry = this.#catalogue.entries.find((candidate) => candidate.id === connectorId);
    if (entry === undefined) throw unavailable(connectorId, 'it is not installed on this host.');
    return availableOf(entry);
  }

  /**
   * @param found what is known to be wrong already; the connector's own word on the same setting is left out.
   * @throws Problem (422) that names each wrong setting.
   */
  async validate(connector: Connector, config: unknown, found: readonly FieldIssue[] = []): Promise<ValidSettings> {
    const known = [...placeholderIssues(connector.config, config), ...found];
    const validated = await connector.validateConfig(config, this.#environment);
    const more = validated.ok ? [] : validated.issues.filter(({ field }) => known.every((issue) => issue.field !== field));
    if (!validated.ok || known.length > 0) throw invalidConfig([...known, ...more]);
    const hints = validated.hints.map(({ field, message }) => ({ field: configField(field), message }));
    return { config: validated.config, hints };
  }

  /** Where these settings send their secrets. */
  addressesOf(connector: Connector, config: unknown): Promise<ReadonlyMap<string, unknown>> {
    return chosenAddresses(connector.config, config, this.#environment);
  }

  /** @throws Problem (404) when the provider takes no keys. */
  async makeKeyPair(connector: Connector, algorithm: KeyAlgorithm): Promise<KeyPair> {
    if (connector.makeKeyPair === undefined)
      throw notFound('id', `key for ${connector.displayName}: it does not sign in with one`);
    return connector.makeKeyPair(algorithm);
  }

  test(connector: Connector, config: object): Promise<ConnectionReport> {
    return this.#tester.test(connector, config);
  }
}

function availableOf(entry: CatalogueEntry): Connector {
  if (entry.status === 'available') return entry.connector;
  throw unavailable(entry.id, entry.reason);
}

function unavailable(id: string, reason: string): Problem {
  return new Problem({ code: 'connector-unavailable', detail: `The connector "${id}" is not available: ${reason}` });
}
