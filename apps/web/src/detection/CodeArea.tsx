import { type ReactNode, type RefObject, useRef } from 'react';
import styles from './code-area.module.css';

interface CodeAreaProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Lines that something is wrong with, from 1 on. */
  readonly marked: ReadonlySet<number>;
  readonly isReadOnly: boolean;
  /** The field itself, for who jumps to a line. */
  readonly field: RefObject<HTMLTextAreaElement | null>;
  /** Said of the text, within its frame: whoever writes sees it, and the text stays where it is. */
  readonly children?: ReactNode;
}

/** A field for text that has lines: with their numbers, and without breaks of its own. Tab leaves it, as it leaves every field. */
export function CodeArea({ label, value, onChange, marked, isReadOnly, field, children }: CodeAreaProps) {
  const gutter = useRef<HTMLDivElement>(null);
  const lines = value.split('\n').length;
  return (
    <div className={styles['area']}>
      <div ref={gutter} className={styles['gutter']} aria-hidden>
        {Array.from({ length: lines }, (_line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
          <div key={index} data-marked={marked.has(index + 1)}>
            {index + 1}
          </div>
        ))}
      </div>
      <textarea
        ref={field}
        className={styles['text']}
        aria-label={label}
        value={value}
        readOnly={isReadOnly}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        wrap="off"
        onScroll={({ currentTarget }) => gutter.current?.scrollTo({ top: currentTarget.scrollTop })}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <div className={styles['said']}>{children}</div>
    </div>
  );
}

/** Puts the cursor on a line, with the line in sight. @param line from 1 on */
export function jumpToLine(field: HTMLTextAreaElement | null, line: number): void {
  if (field === null) return;
  const lines = field.value.split('\n');
  const start = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
  field.focus();
  field.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  const height = field.scrollHeight / Math.max(1, lines.length);
  field.scrollTop = Math.max(0, (line - 4) * height);
}
