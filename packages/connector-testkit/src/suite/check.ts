import type { Connector } from '@castellan/connector-sdk';
import type { ConformanceOptions } from './options.js';
import { Trial, type TrialOptions } from './trial.js';

/** What a check works with. */
export interface Bench {
  readonly connector: Connector;
  readonly options: ConformanceOptions;
  /** Says what the rule could not be tried on, and why; the rest is judged. */
  readonly leaveOutPart: (reason: string) => void;
}

/** One rule that every connector must keep. */
export interface Check {
  /** What holds when it passes. */
  readonly title: string;
  /** Why the check has nothing to look at in this connector, as far as that is known before it runs. */
  emptyFor?(connector: Connector): string | undefined;
  /** @throws Broken (the rule is broken), LeftOut (nothing to look at) */
  run(bench: Bench): Promise<void>;
}

/** Does something with a tenant of the provider, and ends it whatever happens. */
export async function withTrial<T>(
  { connector, options }: Bench,
  trialOptions: TrialOptions,
  work: (trial: Trial) => Promise<T>,
): Promise<T> {
  const trial = await Trial.open(connector, options, trialOptions);
  try {
    return await work(trial);
  } finally {
    await trial.close();
  }
}
