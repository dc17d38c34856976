import { type Connector, type ConnectorContext, connectionMemory, type LogFields, type Logger } from '@castellan/connector-sdk';
import { createHttpFactory, type OnExchange, redacting, type Wait } from '@castellan/http-client';
import type { FieldHint } from '@castellan/form-schema';
import { secretValues } from '@castellan/sync-engine';
import { readConfig } from './config/read-config.js';
import type { OriginSubstitute } from './origin/substitute.js';
import { type SubstituteNotes, substituting } from './origin/substituting.js';
import type { Output } from './output.js';
import { Trace } from './trace/trace.js';

export interface SessionOptions {
  readonly config: string;
  readonly verbose?: boolean;
  /** A HAR file for every request, without secrets. */
  readonly trace?: string;
  /** Where the requests for one address of the provider go. */
  readonly origin?: OriginSubstitute;
}

export interface Session {
  readonly connector: Connector;
  readonly context: ConnectorContext<object>;
  /** Called whenever a request begins to wait. */
  onWait: (wait: Wait) => void;
  /** Called with each attempt, when the session was opened for that. **Unredacted**. */
  onExchange: OnExchange;
  /** Where the requests for one address of the provider go, by the option or the file. */
  readonly substitute: OriginSubstitute | undefined;
  /** Settings that were understood but changed; said on stderr already. */
  readonly hints: readonly FieldHint[];
  close(): Promise<void>;
}

export interface SessionNeeds {
  /** `onExchange` is called, trace or not. */
  readonly observed?: boolean;
  /** `false` for a command that says itself what went wrong: warnings are for `--verbose` only. */
  readonly warns?: boolean;
}

/** What a command needs to talk to a provider: checked settings, a guarded network, a log without secrets. */
export async function openSession(
  connector: Connector,
  options: SessionOptions,
  output: Output,
  signal: AbortSignal,
  { observed = false, warns = true }: SessionNeeds = {},
): Promise<Session> {
  const source = { file: options.config, substitute: options.origin, env: process.env };
  const { config, environment, hints, substitute } = await readConfig(connector, source);
  for (const { field, message } of hints) output.say(`Note: ${field}: ${message}`);
  const secrets = secretValues(connector.config, config);
  const logger = redacting(loggerTo(output, options.verbose === true, warns), secrets);
  const trace = options.trace === undefined ? undefined : new Trace(options.trace, secrets, output);
  const onWait = (wait: Wait): void => session.onWait(wait);
  const onExchange: OnExchange = (exchange) => {
    trace?.see(exchange);
    session.onExchange(exchange);
  };
  const isObserved = observed || trace !== undefined;
  const http = createHttpFactory({
    allowedHosts: environment.allowedHosts ?? [],
    signal,
    logger,
    onWait,
    ...(isObserved && { onExchange }),
  });
  const factory = substitute === undefined ? http.factory : substituting(http.factory, substitute, notesTo(output));
  const session: Session = {
    connector,
    context: { config, signal, logger, http: factory, now: () => new Date(), memory: connectionMemory() },
    onWait: () => undefined,
    onExchange: () => undefined,
    substitute,
    hints,
    close: async () => {
      // Requests that are under way end here, and are written.
      await http.close();
      trace?.close();
    },
  };
  return session;
}

/** A slip in --origin would be found by nobody: the settings would go to the real provider. */
function notesTo(output: Output): SubstituteNotes {
  return {
    onOther: (other) =>
      output.say(`Note: The connector also talks to ${other}. --origin does not cover it: requests go there.`),
    onRefused: (host) => output.say(`Note: The connector also follows links to ${host}. With --origin they are refused.`),
  };
}

function loggerTo(output: Output, verbose: boolean, warns: boolean): Logger {
  const line =
    (level: string) =>
    (message: string, fields: LogFields = {}) => {
      const details = Object.keys(fields).length === 0 ? '' : ` ${JSON.stringify(fields)}`;
      output.say(`${level}: ${message}${details}`);
    };
  const quiet = (): void => undefined;
  return {
    debug: verbose ? line('debug') : quiet,
    info: verbose ? line('info') : quiet,
    warn: verbose || warns ? line('warn') : quiet,
    error: line('error'),
  };
}
