import type { AuditEntryView, UserView } from '@castellan/api';
import { name, type Piece, plain } from './piece.js';

/** Each thing that was changed about a user: `changed the role of Bo from viewer to analyst`. */
export function userUpdateWords({ target, before, after }: AuditEntryView): readonly Piece[] {
  // The host notes users as the API shows them; one that a later version wrote may lack a part.
  const [old, now] = [before ?? {}, after ?? {}] as readonly [Partial<UserView>, Partial<UserView>];
  const who = name(target?.name ?? target?.id ?? 'somebody');
  const said: (readonly Piece[])[] = [];
  if (old.role !== now.role)
    said.push([
      plain('changed the role of '),
      who,
      plain(' from '),
      name(old.role ?? '?'),
      plain(' to '),
      name(now.role ?? '?'),
    ]);
  if (old.isOperator !== now.isOperator)
    said.push(
      now.isOperator === true ? [plain('made '), who, plain(' operator')] : [plain('ended that '), who, plain(' is operator')],
    );
  if (old.state !== now.state) said.push(now.state === 'disabled' ? [plain('disabled '), who] : [plain('enabled '), who]);
  if (old.name !== now.name) said.push([plain('renamed '), who, plain(' to '), name(now.name ?? '?')]);
  if (said.length === 0) return [plain('changed '), who];
  return said.flatMap((pieces, index) => (index === 0 ? pieces : [plain(', and '), ...pieces]));
}
