import type { Random } from '../generator/random.js';
import type { Org } from '../org/org.js';
import { Stage } from './stage.js';

export interface PlayOptions {
  /** When it begins; what follows is spread over the time behind it. */
  readonly at: Date;
  readonly random: Random;
}

export type ScenarioKind = 'attack' | 'look-alike';

export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** A look-alike is what people do every day and what resembles an attack: nobody should be woken up by it. */
  readonly kind: ScenarioKind;
  /** What happens, for people. */
  readonly story: string;
  /** Networks (CIDR) that the organisation would have told its detection of beforehand. */
  readonly knownNetworks?: readonly string[];
  /** Makes it happen: changes the org and writes to its log what Okta would write. */
  readonly play: (org: Org, options: PlayOptions) => void;
}

type Act = (stage: Stage) => void;
type About = Pick<Scenario, 'title' | 'story' | 'knownNetworks'> & { readonly act: Act };

const scenario = (kind: ScenarioKind, name: string, { act, ...about }: About): Scenario => ({
  name,
  kind,
  ...about,
  play: (org, options) => act(new Stage(org, options.at, options.random)),
});

export const attack = (name: string, about: About): Scenario => scenario('attack', name, about);
export const lookAlike = (name: string, about: About): Scenario => scenario('look-alike', name, about);
