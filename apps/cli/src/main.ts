import { KEY_ALGORITHMS } from '@castellan/connector-sdk';
import { Command, InvalidArgumentError, Option } from 'commander';
import { act, type ActOptions } from './act/act.js';
import { verifyAudit, type VerifyOptions } from './audit/verify.js';
import { backup, type BackupCommandOptions } from './backup/backup.js';
import { restoreBackup } from './backup/restore.js';
import { check } from './check/check.js';
import { detect, type DetectOptions } from './detect/detect.js';
import { parsePlaceholder } from './detect/rule-sources.js';
import { ended } from './ended.js';
import { EXIT, type ExitCode } from './exit-code.js';
import { keys, type KeysOptions } from './keys/keys.js';
import { rotateKeys } from './keys/rotate.js';
import { type OriginSubstitute, parseSubstitute } from './origin/substitute.js';
import { outputOf } from './output.js';
import { record, type RecordOptions } from './record/record.js';
import type { SessionOptions } from './session.js';
import { parseLatency, parseLimits, parseScopes, simulate, type SimulateOptions } from './simulate/simulate.js';
import { spec } from './spec/spec.js';
import { sync, type SyncOptions } from './sync/sync.js';

const output = outputOf(process.stdout, process.stderr);
const stop = new AbortController();
// The first Ctrl-C ends the work in order; a second one finds Node's own handler and ends the process.
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
// A reader that has seen enough (`| head -1`) closes the pipe: that ends the command, it is no error. Only `simulate` goes on.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') output.say(`The output cannot be written: ${error.message}`);
  stop.abort();
});

function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER) {
  return (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < least || value > most)
      throw new InvalidArgumentError(`Use a whole number from ${least} to ${most}.`);
    return value;
  };
}

function parseNames(text: string): readonly string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

async function end(work: Promise<ExitCode>): Promise<void> {
  process.exitCode = await ended(work, output, stop.signal);
}

function parseOrigin(text: string): OriginSubstitute {
  const at = text.indexOf('=');
  if (at < 0) throw new InvalidArgumentError('Use ORIGIN=URL, e.g. https://api.acme.example=http://127.0.0.1:4010.');
  const substitute = parseSubstitute(text.slice(0, at), text.slice(at + 1));
  if ('message' in substitute) throw new InvalidArgumentError(`${substitute.part.toUpperCase()}: ${substitute.message}`);
  return substitute;
}

function several(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), text];
}

type NamedValue = readonly [name: string, value: string];

function fields(text: string, before: readonly NamedValue[] | undefined): readonly NamedValue[] {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Use NAME=VALUE, e.g. account=00u1a2b3.');
  return [...(before ?? []), [text.slice(0, at), text.slice(at + 1)]];
}

type Placeholder = readonly [name: string, values: readonly string[]];

function placeholders(text: string, before: readonly Placeholder[] | undefined): readonly Placeholder[] {
  const placeholder = parsePlaceholder(text);
  if (placeholder === undefined) throw new InvalidArgumentError('Use NAME=VALUE,VALUE, e.g. admins=ann@acme.example.');
  return [...(before ?? []), placeholder];
}

/** For a provider with one address for everybody, which is no setting. */
function originOption(): Option {
  const meaning = "the connector's requests for ORIGIN go to URL, e.g. https://api.acme.example=http://127.0.0.1:4010";
  return new Option('--origin <origin=url>', meaning).argParser(parseOrigin);
}

const TRACE = "write every request to a HAR file, without secrets (people's data stays in it)";

const program = new Command('castellan')
  .description('Connects to the systems that hold identities. JSON on stdout, text for people on stderr.')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? EXIT.ok : EXIT.invalid))
  .showHelpAfterError('(castellan --help shows the commands)');

program
  .command('spec <connector>')
  .description('the form, the streams and the scopes of a connector, as JSON')
  .action((id: string) => end(spec(id, output)));

program
  .command('check <connector>')
  .description('tests a connection, a line for each permission; exit 0 ok, 1 failed, 2 invalid configuration')
  .requiredOption('--config <file>', 'JSON file with the settings ("-" for stdin)')
  .addOption(originOption())
  .option('--trace <file>', TRACE)
  .option('--verbose', 'log to stderr')
  .action((id: string, options: SessionOptions) => end(check(id, options, output, stop.signal)));

program
  .command('sync <connector>')
  .description('reads an organisation and prints JSON Lines, without a database; exit 0 complete, 1 not complete, 2 invalid')
  .requiredOption('--config <file>', 'JSON file with the settings ("-" for stdin)')
  .option('--state <file>', 'where to remember the position: a cut run goes on there')
  .option('--streams <names>', 'only these streams, separated by commas')
  .option('--plan', 'write the plan of calls among the messages, too')
  .addOption(originOption())
  .option('--trace <file>', TRACE)
  .option('--verbose', 'log to stderr')
  .action((id: string, options: SyncOptions) => end(sync(id, options, output, stop.signal)));

program
  .command('act <connector> [action]')
  .description(
    'what can be done at the provider; with an action what it would do; with the fingerprint of that plan it is done and looked at again; exit 0, 1 not done, 2 invalid',
  )
  .requiredOption('--config <file>', 'JSON file with the settings ("-" for stdin)')
  .option('--input <name=value>', 'a field of the action; once for each', fields)
  .option(
    '--agreed <fingerprint>',
    'carry out the plan that has this fingerprint; nothing is sent if another one would be by now',
  )
  .addOption(originOption())
  .option('--trace <file>', TRACE)
  .option('--verbose', 'log to stderr')
  .action((id: string, name: string | undefined, options: ActOptions) => end(act(id, name, options, output, stop.signal)));

program
  .command('record <connector>')
  .description("a sync whose answers become fixtures for tests: no secrets, pseudonyms for people; exit as with 'sync'")
  .requiredOption('--config <file>', 'JSON file with the settings ("-" for stdin)')
  .requiredOption('--out <folder>', 'where the fixtures go; replaces nothing but an older recording')
  .option('--streams <names>', 'only these streams, separated by commas')
  .option('--keep <names>', 'fields whose values stay as they are, by commas: codes that the connector decides by', parseNames)
  .addOption(originOption())
  .option('--trace <file>', TRACE)
  .option('--verbose', 'log to stderr')
  .action((id: string, options: RecordOptions) => end(record(id, options, output, stop.signal)));

const keyCommands = program.command('keys').description('key pairs of connectors, and the master key of a host');
// The default: the name of a connector needs no word before it.
keyCommands
  .command('pair <connector>', { isDefault: true })
  .description('makes a key pair: the private key into a new file, the public one to stdout, for the provider')
  .requiredOption('--out <file>', 'where the private key goes (JWK, readable by you alone); must not be there yet')
  .addOption(new Option('--algorithm <name>', 'what the key signs with').choices(KEY_ALGORITHMS).default('RS256'))
  .action((id: string, options: KeysOptions) => end(keys(id, options, output)));

keyCommands
  .command('rotate')
  .description("from the key that seals a host's secrets to a new one; killed, it goes on when it is called again")
  .action(() => end(rotateKeys(output, stop.signal)));

program
  .command('audit')
  .description('the audit log of a host')
  .command('verify')
  .description("checks every row of a host's audit log; exit 0 all good, 1 a bad row, which is named, 2 invalid")
  .option('--anchor <seq:mac>', 'from a line "audit anchor" of the host\'s log: finds what was cut off at the end')
  .option('--json', 'the verdict to stdout, as JSON')
  .action((options: VerifyOptions) => end(verifyAudit(options, output, stop.signal)));

program
  .command('backup <file>')
  .description(
    "all tables of a host's database as of one moment, without the master key; hosts may run meanwhile; exit 0, 1 failed, 2 refused",
  )
  .option('--force', 'replace the file if it is there')
  .option('--json', 'what was written, to stdout, as JSON')
  .action((file: string, options: BackupCommandOptions) => end(backup(file, options, output, stop.signal)));

program
  .command('restore <file>')
  .description('a backup into an empty database, all of it or nothing; exit 0, 1 failed, 2 refused')
  .option('--json', 'what was restored, to stdout, as JSON')
  .action((file: string, options: { readonly json?: boolean }) => end(restoreBackup(file, options, output, stop.signal)));

program
  .command('detect [file]')
  .description(
    'rules over an activity log, without a database: events in (JSON Lines or a list), a line for each match out; exit 0, also without any match or event, 1 no line was an event, 2 no rule can be used',
  )
  .option('--rules <folder|file|builtin>', 'rules in Sigma; may be given several times (default: builtin)', several)
  .option('--placeholder <name=values>', 'what %name% stands for in rules; may be given several times', placeholders)
  .option('--product <name>', 'whose log it is: rules of other products are left out (default: all rules are used)', several)
  .option('--own-networks <file>', 'addresses and ranges of your own, a line each', several)
  .option('--threats <file>', 'addresses and ranges of others, a line each', several)
  .option('--explain', 'say which conditions an event has met')
  .option('--strict', 'exit 1 when a rule or a line could not be read')
  .action((file: string | undefined, options: DetectOptions) =>
    end(detect(file ?? '-', options, process.stdin, output, stop.signal)),
  );

program
  .command('simulate <provider>')
  .description('a simulated organisation on 127.0.0.1; its first line of output is usable as --config')
  .option('--port <number>', 'default: any free port', wholeNumber(0, 65_535))
  .option('--objects <folder>', 'JSON Lines files of recorded objects instead of generated ones')
  .option('--users <number>', 'how many people', wholeNumber(1))
  .option('--groups <number>', 'how many groups', wholeNumber(1))
  .option('--apps <number>', 'how many applications', wholeNumber(0))
  .option('--assignments <number>', 'people of each application', wholeNumber(0))
  .option('--assigned-groups <number>', 'how many applications have a group of their own that gives access', wholeNumber(0))
  .option('--skinny-users', 'serve the undocumented skinny_users lists too')
  .option('--granted-scopes <list>', 'scopes that tokens may have', parseScopes)
  .option('--limits <on|off|xN>', 'rate limits as a fresh client gets them, none, or a multiple', parseLimits)
  .option('--latency <ms>', 'added to each answer; 20-40 varies', parseLatency)
  .option('--seed <number>', 'another seed makes other people', wholeNumber(0))
  .option('--play <name>', 'an attack that has just happened; again for another behind it; list: what there is', several)
  .option('--live', 'people go on: some sign-ins a minute, now and then a changed membership')
  .action((id: string, options: SimulateOptions) => end(simulate(id, options, output, stop.signal)));

await program.parseAsync();
