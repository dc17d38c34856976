import { ACCESS_PRINCIPALS, ACCESS_TARGETS, type AccessPrincipalKind, type AccessTargetKind } from '@castellan/api';
import { applyDecorators } from '@nestjs/common';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { IsTextOrTexts } from '../input/is-text-or-texts.js';
import { IsCursor, IsLimit } from '../input/page-query.js';

const MOST_FILTERS = 40;

/** `kind:key`, of which the kinds depend on the route. */
function IsNode(kinds: string): PropertyDecorator {
  return Matches(/^[^\0:]{1,20}:[^\0]{1,2500}$/u, {
    message: `Must be kind:key, like account:00u1; a key has at most 2500 characters. Kinds: ${kinds}.`,
  });
}

export function IsKey(what: string): PropertyDecorator {
  return Matches(/^[^\0]{1,2500}$/u, { message: `Must be the key of ${what}, of at most 2500 characters.` });
}

function IsInstant(what: string): PropertyDecorator {
  return Matches(/^[^\0]{1,40}$/u, { message: `Must be an instant like 2026-11-26T09:30:00Z: ${what}` });
}

function IsWords(): PropertyDecorator {
  return Matches(/^[^\0]{0,200}$/u, {
    message:
      'Must be at most 200 characters, none of them NUL: words that must all be in the name or the key, whatever their case.',
  });
}

function IsDays(what: string): PropertyDecorator {
  return Matches(/^\d{1,9}$/, { message: `Must be a whole number of days, from 1 to 3650: ${what}` });
}

const AT = 'the answer is as it was then. Left out: now.';

function IsTargetKind(): PropertyDecorator {
  return IsIn(ACCESS_TARGETS, { message: `Must be one of: ${ACCESS_TARGETS.join(', ')}.` });
}

function IsSort(...sorts: readonly string[]): PropertyDecorator {
  return applyDecorators(IsOptional(), IsIn(sorts, { message: `Must be one of: ${sorts.join(', ')}.` }));
}

/** What does it reach? */
export class ReachConditions {
  @IsNode('account, group, client')
  readonly from!: string;

  @IsTargetKind()
  readonly to!: AccessTargetKind;

  @IsOptional()
  @IsInstant(AT)
  readonly at?: string;

  @IsOptional()
  @IsWords()
  readonly q?: string;

  @IsOptional()
  @IsDays('only what was not used in them. Not with at.')
  readonly unused?: string;

  @IsSort('name', '-name', 'lastUsed', '-lastUsed')
  readonly sort?: 'name' | '-name' | 'lastUsed' | '-lastUsed';
}

export class ReachQuery extends ReachConditions {
  @IsLimit()
  readonly limit?: string;

  @IsCursor()
  readonly cursor?: string;
}

/** Who reaches it? */
export class ReachedByFilter {
  @IsNode('application, role, group')
  readonly to!: string;

  @IsOptional()
  @IsIn(ACCESS_PRINCIPALS, { message: `Must be one of: ${ACCESS_PRINCIPALS.join(', ')}. Left out: account.` })
  readonly from?: AccessPrincipalKind;

  @IsOptional()
  @IsInstant(AT)
  readonly at?: string;

  @IsOptional()
  @IsWords()
  readonly q?: string;

  @IsOptional()
  @IsTextOrTexts(
    MOST_FILTERS,
    500,
    `Must be field:value, at most ${MOST_FILTERS} times and 500 characters each, as for records of accounts. Of accounts only.`,
  )
  readonly filter?: string | readonly string[];

  @IsOptional()
  @IsDays('only who has not used it in them. Of accounts only, and not with at.')
  readonly unused?: string;

  @IsOptional()
  @IsKey('a group: only who reaches it through that one. Of accounts only')
  readonly via?: string;
}

export class ReachedByConditions extends ReachedByFilter {
  @IsSort('name', 'lastUsed', '-lastUsed')
  readonly sort?: 'name' | 'lastUsed' | '-lastUsed';
}

export class ReachedByQuery extends ReachedByConditions {
  @IsLimit()
  readonly limit?: string;

  @IsCursor()
  readonly cursor?: string;
}

export class WhyQuery {
  @IsNode('account, group, client')
  readonly from!: string;

  @IsNode('application, role, group')
  readonly to!: string;

  @IsOptional()
  @IsInstant(AT)
  readonly at?: string;
}

export class LossQuery {
  @IsNode('account, group')
  readonly from!: string;

  @IsKey('a group that it is in')
  readonly group!: string;

  @IsTargetKind()
  readonly to!: AccessTargetKind;
}

const OTHERS = [...ACCESS_TARGETS, 'account'] as const;

export class EdgeChangesConditions {
  @IsInstant('the beginning of the time that is asked about.')
  readonly since!: string;

  @IsOptional()
  @IsInstant('the end of it. Left out: now.')
  readonly until?: string;
}

export class EdgeChangesQuery extends EdgeChangesConditions {
  @IsLimit()
  readonly limit?: string;

  @IsCursor()
  readonly cursor?: string;
}

export class ChangesConditions extends EdgeChangesConditions {
  @IsNode('account, group, client; with other=account: application, role, group')
  readonly of!: string;

  @IsIn(OTHERS, { message: `Must be one of: ${OTHERS.join(', ')}. account: who reaches what \`of\` names.` })
  readonly other!: (typeof OTHERS)[number];
}

export class ChangesQuery extends ChangesConditions {
  @IsLimit()
  readonly limit?: string;

  @IsCursor()
  readonly cursor?: string;
}

export class UnusedRolesConditions {
  @IsDays('what was not used in them.')
  readonly days!: string;
}

export class UnusedRolesQuery extends UnusedRolesConditions {
  @IsLimit()
  readonly limit?: string;

  @IsCursor()
  readonly cursor?: string;
}

export class UnusedConditions extends UnusedRolesConditions {
  @IsOptional()
  @IsKey('a group: only what it gives to its members, counted now. With neither q nor sort')
  readonly group?: string;

  @IsOptional()
  @IsWords()
  readonly q?: string;

  @IsSort('unused', 'share', 'name')
  readonly sort?: 'unused' | 'share' | 'name';
}

export class UnusedQuery extends UnusedConditions {
  @IsLimit()
  readonly limit?: string;

  @IsCursor()
  readonly cursor?: string;
}

export class SuggestionsQuery {
  @IsKey('an application')
  readonly application!: string;

  @IsDays('nobody who would lose it has used it in them.')
  readonly days!: string;
}

export class UsageQuery {
  @IsNode('account, client')
  readonly of!: string;
}

export class GraphQuery {
  @IsNode('account, group, client, application, role')
  readonly of!: string;

  @IsOptional()
  @IsInstant(AT)
  readonly at?: string;
}

export class AdministratorsConditions {
  @IsOptional()
  @IsIn(ACCESS_PRINCIPALS, { message: `Must be one of: ${ACCESS_PRINCIPALS.join(', ')}. Left out: account.` })
  readonly kind?: AccessPrincipalKind;

  @IsOptional()
  @Matches(/^[^\0]{1,100}$/u, { message: 'Must be the id of an integration. Left out: all of the workspace.' })
  readonly integration?: string;
}

export class AdministratorsQuery extends AdministratorsConditions {
  @IsLimit()
  readonly limit?: string;

  @IsCursor()
  readonly cursor?: string;
}

export class SearchQuery {
  @Matches(/^[^\0]{0,200}$/u, { message: 'Must be at most 200 characters, none of them NUL: words that must all be found.' })
  readonly q!: string;
}
