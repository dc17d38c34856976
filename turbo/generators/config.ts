import { spawnSync } from 'node:child_process';
import type { PlopTypes } from '@turbo/gen';
import { CREDENTIALS, judgeAddress, judgeId, judgeName, parseAnswers, STREAMS } from './connector/answers.js';
import { writeConnector } from './connector/write-connector.js';

/** `npx turbo gen connector`, or with the answers at once: `npx turbo gen connector --args acme "Acme" token accounts,groups own`. */
export default function generators(plop: PlopTypes.NodePlopAPI): void {
  plop.setGenerator('connector', {
    description: 'A package for a new connector, with a fake provider and a green conformance test',
    prompts: [
      { type: 'input', name: 'id', message: 'Id, for ever (kebab-case, e.g. example-directory):', validate: judgeId },
      { type: 'input', name: 'name', message: 'Name that people read (e.g. Example Directory):', validate: judgeName },
      { type: 'list', name: 'credential', message: 'How it signs in:', choices: [...CREDENTIALS] },
      { type: 'checkbox', name: 'streams', message: 'First streams:', choices: [...STREAMS], default: ['accounts'] },
      {
        type: 'input',
        name: 'address',
        message:
          'Address of the API: "own" when each customer has one (the form asks), else that of all, https://api.example.com:',
        default: 'own',
        validate: judgeAddress,
      },
    ],
    actions: [
      async (given) => {
        const answers = parseAnswers(given);
        const root = plop.getDestBasePath();
        const files = await writeConnector(root, answers);
        // What was written is put into the house's form, and the workspaces find the new package.
        run(root, 'npx', ['biome', 'format', '--write', `packages/connector-${answers.id}`]);
        run(root, 'npm', ['install', '--no-audit', '--no-fund']);
        return `${files.length} files in packages/connector-${answers.id}. Next: npm run suite -- connector-${answers.id}`;
      },
    ],
  });
}

function run(cwd: string, command: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(command, [...args], { cwd, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${stderr.slice(-2_000)}`);
}
