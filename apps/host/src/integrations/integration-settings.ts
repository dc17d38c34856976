import { isDeepStrictEqual } from 'node:util';
import type { ActionGrants, ConnectionReport, Connector, JsonObject } from '@castellan/connector-sdk';
import { chosenSecrets, type FieldHint, type FieldIssue } from '@castellan/form-schema';
import type { Integration, SecretChanges } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { ConnectorDesk, type ValidSettings } from '../connectors/connector-desk.js';
import { requireConnection } from './connection-verdict.js';
import { otherOrganisation } from './integration-problems.js';
import { splitConfig } from './split-config.js';
import { StoredSettings } from './stored-settings.js';
import { isJsonObject, valueAt, withValue } from './with-value.js';

interface SettingsChanges {
  readonly config: JsonObject;
  readonly secrets: SecretChanges;
}

/** Settings that were validated and tried, to be stored as they are. */
export interface TriedSettings extends SettingsChanges {
  readonly tenantId: string | null;
  readonly actionGrants: ActionGrants | null;
  readonly hints: readonly FieldHint[];
}

/** Stored secrets that given settings do not repeat. */
interface LeftOut {
  /** They go on to hold. */
  readonly kept: readonly string[];
  /** They belong to another address or method, and must be entered again. */
  readonly again: readonly string[];
}

/** New settings for an integration that exists: the same organisation, and no secret at an address that it was not given for. */
@Injectable()
export class IntegrationSettings {
  readonly #desk: ConnectorDesk;
  readonly #stored: StoredSettings;

  constructor(@Inject(ConnectorDesk) desk: ConnectorDesk, @Inject(StoredSettings) stored: StoredSettings) {
    this.#desk = desk;
    this.#stored = stored;
  }

  /**
   * The whole new settings, but for secrets: one that is left out stays, `null` clears it.
   * @returns `undefined` when nothing would change. @throws Problem (422, 409); nothing was sent anywhere when a secret is asked for.
   */
  async edited(integration: Integration, given: unknown, acceptIncomplete: boolean): Promise<TriedSettings | undefined> {
    const connector = this.#desk.connectorOf(integration);
    const { kept, again } = await this.#leftOut(connector, integration, given);
    const issues = again.map((field): FieldIssue => ({ field, message: AGAIN }));
    const whole = await this.#withStored(integration, given, kept);
    const valid = await this.#desk.validate(connector, whole, issues);
    const changes = split(connector, integration, valid, kept);
    const isSame = isDeepStrictEqual(changes.config, integration.config) && Object.keys(changes.secrets).length === 0;
    return isSame ? undefined : this.#tried(connector, integration, valid, changes, acceptIncomplete);
  }

  /** Everything is given: no stored secret is read. @throws Problem (422, 409) */
  async replaced(integration: Integration, given: unknown, acceptIncomplete: boolean): Promise<TriedSettings> {
    const connector = this.#desk.connectorOf(integration);
    const valid = await this.#desk.validate(connector, given);
    return this.#tried(connector, integration, valid, split(connector, integration, valid, []), acceptIncomplete);
  }

  async #tried(
    connector: Connector,
    integration: Integration,
    valid: ValidSettings,
    changes: SettingsChanges,
    acceptIncomplete: boolean,
  ): Promise<TriedSettings> {
    const report = await this.#desk.test(connector, valid.config);
    requireSameOrganisation(integration, report, acceptIncomplete);
    const actionGrants = report.actionGrants ?? null;
    return { ...changes, tenantId: report.tenant?.id ?? null, actionGrants, hints: valid.hints };
  }

  /**
   * A secret belongs to the address and to the method that it was stored with. The client id beside it is no part of that: a
   * wrong pair goes where the secret has always gone, and is refused there.
   */
  async #leftOut(connector: Connector, integration: Integration, given: unknown): Promise<LeftOut> {
    const stored = new Set(integration.secrets.map(({ field }) => field));
    const before = new Map(chosenSecrets(connector.config, integration.config).map(({ path, choices }) => [path, choices]));
    const moved = !areSame(
      await this.#desk.addressesOf(connector, integration.config),
      await this.#desk.addressesOf(connector, given),
    );
    const known = chosenSecrets(connector.config, given).filter(({ path }) => stored.has(path));
    const isStill = (path: string, choices: readonly string[]) => !moved && isDeepStrictEqual(before.get(path), choices);
    const left = known.filter(({ value }) => value === undefined || (typeof value === 'string' && value.trim() === ''));
    const cleared = known.filter(({ value, required }) => value === null && required);
    return {
      kept: left.filter(({ path, choices }) => isStill(path, choices)).map(({ path }) => path),
      again: [...left, ...cleared].filter(({ path, choices }) => !isStill(path, choices)).map(({ path }) => path),
    };
  }

  async #withStored(integration: Integration, given: unknown, kept: readonly string[]): Promise<unknown> {
    if (kept.length === 0 || !isJsonObject(given)) return given;
    const stored = await this.#stored.open(integration);
    return kept.reduce<JsonObject>((whole, path) => withValue(whole, path, valueAt(stored, path) ?? null), given);
  }
}

const AGAIN =
  'Enter the secret again: the stored one belongs to another address or way to sign in, and is not sent to this one.';

/** One that was refused, or is missing on one side, is as good as another one. */
function areSame(before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): boolean {
  if (before.size !== after.size) return false;
  return [...before].every(([path, address]) => address !== undefined && isDeepStrictEqual(address, after.get(path)));
}

/** What to store: secrets that are kept are not named, and those that the settings have no place for any more are forgotten. */
function split(
  connector: Connector,
  { secrets: stored }: Integration,
  { config: valid }: ValidSettings,
  kept: readonly string[],
): SettingsChanges {
  const { config, secrets } = splitConfig(connector.config, valid);
  const given = Object.entries(secrets).filter(([field]) => !kept.includes(field));
  const gone = stored.filter(({ field }) => !Object.hasOwn(secrets, field)).map(({ field }) => [field, null] as const);
  const changes: SecretChanges = Object.fromEntries([...given, ...gone]);
  return { config, secrets: changes };
}

/** The data of one organisation must not be continued with another's, whose people would look like changes of the first. */
function requireSameOrganisation({ tenantId }: Integration, report: ConnectionReport, acceptIncomplete: boolean): void {
  const answered = report.tenant;
  if (tenantId !== null && answered !== null && answered.id !== tenantId) throw otherOrganisation(tenantId, answered);
  requireConnection(report, acceptIncomplete);
  // Good in every check, and yet it does not say who it is: that is not the one that we know.
  if (tenantId !== null && answered === null) throw otherOrganisation(tenantId, { id: 'unknown', displayName: 'unknown' });
}
