import { join } from 'node:path';
import { parseSync, type TSType } from 'oxc-parser';
import { type Declaration, declarationsOf, type Member, membersIn } from '../reference/declarations.js';
import { ROOT } from '../repository.js';

const SOURCES = ['fields.ts', 'field.ts', 'origin.ts'].map((file) => join(ROOT, 'packages/form-schema/src', file));

/** The options of a field decorator, with those that it shares with others. */
export function fieldOptions(decorator: string): readonly Member[] {
  const declarations = SOURCES.flatMap(declarationsOf);
  const code = declarations.find(({ name, kind }) => name === decorator && kind === 'function')?.code ?? '';
  const type = /\(\s*options: (?<type>.*?),?\s*\): PropertyDecorator/s.exec(code)?.groups?.['type'];
  if (type === undefined) throw new Error(`form-schema has no decorator ${decorator} with options.`);
  return membersOf(type, declarations);
}

function membersOf(type: string, known: readonly Declaration[]): readonly Member[] {
  const text = `type T = ${type}`;
  const [statement] = parseSync('type.ts', text).program.body;
  if (statement?.type !== 'TSTypeAliasDeclaration') throw new Error(`${type} is not a type.`);
  return membersOfSyntax(statement.typeAnnotation, text, known);
}

function membersOfSyntax(syntax: TSType, text: string, known: readonly Declaration[]): readonly Member[] {
  if (syntax.type === 'TSIntersectionType') return syntax.types.flatMap((one) => membersOfSyntax(one, text, known));
  if (syntax.type === 'TSTypeLiteral') return membersIn(text.slice(syntax.start, syntax.end));
  if (syntax.type !== 'TSTypeReference') throw new Error(`The options of a field cannot be read: ${text}`);
  const name = text.slice(syntax.typeName.start, syntax.typeName.end);
  const [of, names] = syntax.typeArguments?.params ?? [];
  if (of !== undefined && names !== undefined) {
    const listed = [...text.slice(names.start, names.end).matchAll(/'(\w+)'/g)].map(([, one]) => one);
    return membersOfSyntax(of, text, known).filter((member) => listed.includes(member.name) === (name === 'Pick'));
  }
  const found = known.find((declaration) => declaration.name === name);
  if (found === undefined) throw new Error(`The options of a field name ${name}, which is not in form-schema.`);
  const inherited = found.heritage === '' ? [] : membersOf(found.heritage.replaceAll(/,(?![^<]*>)/g, ' &'), known);
  return [...inherited, ...found.members];
}
