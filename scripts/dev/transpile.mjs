import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { transform } from '@swc/core';

/**
 * Brings the built code of changed sources up to date, within milliseconds and without a look at the types: those are checked
 * beside it (`types.mjs`). All files or none: half of a change would be code that nobody has written.
 * @param changes `[{ workspace, file }]`; a file that is gone loses what was built from it
 * @returns what has failed, `[{ file, message }]`
 */
export async function transpile(changes) {
  const failures = [];
  const outputs = [];
  for (const { workspace, file } of changes) {
    const place = placeOf(workspace, file);
    const source = readIfThere(file);
    if (source === undefined) {
      outputs.push(() => remove(place));
      continue;
    }
    try {
      const { code, map } = await transform(source, optionsFor(workspace.compiler, relative(dirname(place), file)));
      outputs.push(() => write(place, code, map));
    } catch (error) {
      failures.push({ file, message: error instanceof Error ? error.message : String(error) });
    }
  }
  if (failures.length === 0) for (const output of outputs) output();
  return failures;
}

/** The built file, without its ending. */
function placeOf({ folder }, file) {
  return join(folder, 'dist', relative(join(folder, 'src'), file)).replace(/\.ts$/, '');
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function optionsFor({ target, emitDecoratorMetadata = false, experimentalDecorators = false }, sourceFileName) {
  return {
    filename: sourceFileName,
    sourceFileName,
    sourceMaps: true,
    configFile: false,
    swcrc: false,
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      target: target.toLowerCase(),
      transform: {
        legacyDecorator: experimentalDecorators,
        decoratorMetadata: emitDecoratorMetadata,
        useDefineForClassFields: true,
        verbatimModuleSyntax: true,
      },
    },
    module: { type: 'es6' },
  };
}

function write(place, code, map) {
  mkdirSync(dirname(place), { recursive: true });
  const name = place.slice(dirname(place).length + 1);
  put(`${place}.js.map`, map);
  put(`${place}.js`, `${code}//# sourceMappingURL=${name}.js.map\n`);
}

/** Written beside and renamed: a program that starts at this moment reads the old file or the new one, never half of one. */
function put(file, text) {
  const beside = `${file}.${process.pid}.tmp`;
  writeFileSync(beside, text);
  renameSync(beside, file);
}

/** Else a deleted module could still be imported here, and nowhere else. */
function remove(place) {
  for (const ending of ['.js', '.js.map', '.d.ts', '.d.ts.map']) {
    if (existsSync(`${place}${ending}`)) rmSync(`${place}${ending}`);
  }
}
