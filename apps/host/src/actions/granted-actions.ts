import type { SeenActionGrants } from '@castellan/api';
import { type ActionGrants, type ActionInfo, ConnectorError } from '@castellan/connector-sdk';
import type { Integration, SeenGrants, Storage } from '@castellan/storage';
import { Inject, Injectable } from '@nestjs/common';
import { ConnectorDesk } from '../connectors/connector-desk.js';
import { StoredSettings } from '../integrations/stored-settings.js';
import { STORAGE } from '../storage/storage-token.js';
import { ProviderActions } from './provider-actions.js';

/** What is known of the permissions that actions need. It tells beforehand and refuses nothing: that does the plan. */
@Injectable()
export class GrantedActions {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(ConnectorDesk) private readonly desk: ConnectorDesk,
    @Inject(StoredSettings) private readonly settings: StoredSettings,
    @Inject(ProviderActions) private readonly provider: ProviderActions,
  ) {}

  read({ id }: Integration): Promise<SeenGrants | null> {
    return this.storage.actionGrants.read(id);
  }

  /**
   * A plan has found what one action lacks. Where that is not what is known, all of it is seen anew: who grants one grants others with it.
   * @param missing permissions of it that are not granted
   */
  async planned(
    integration: Integration,
    { requires }: Pick<ActionInfo, 'requires'>,
    missing: readonly string[],
  ): Promise<void> {
    const connector = this.desk.connectorOf(integration);
    if (connector.actionGrants === undefined) return;
    const known = await this.read(integration);
    if (known === null ? missing.length === 0 : isAsKnown(known, requires, missing)) return;
    const config = await this.settings.open(integration);
    const grants = await this.provider.grants({ connector, config }).catch((error: unknown) => {
      if (!ConnectorError.is(error)) throw error;
    });
    if (grants !== undefined) await this.storage.actionGrants.note(integration.id, grants);
  }
}

/** Of its permissions, in the order in which it names them. */
export function notGranted({ requires }: Pick<ActionInfo, 'requires'>, grants: ActionGrants | null): readonly string[] {
  return grants === null ? [] : requires.filter((one) => grants.missing.includes(one));
}

export function grantsView(grants: SeenGrants | null): SeenActionGrants | null {
  return grants === null ? null : { seenAt: grants.seenAt.toISOString(), where: grants.where };
}

function isAsKnown(known: ActionGrants, requires: readonly string[], missing: readonly string[]): boolean {
  return requires.every((one) => missing.includes(one) === known.missing.includes(one));
}
