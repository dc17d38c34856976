import { useEffect, useRef, useState } from 'react';

type Texts = ReadonlyMap<string, string>;

/** What is said of fields, by their keys: what is wrong, and what was understood otherwise than typed. */
export function useSaid() {
  const [issues, setIssues] = useState<Texts>(new Map());
  const [hints, setHints] = useState<Texts>(new Map());
  const [leads, setLeads] = useState(0);
  useFirstWrong(leads);
  return {
    issues,
    hints,
    /** Of one field, in place of all that was said of it before. */
    of: (key: string, issue: string | undefined): void => {
      setIssues((before) => replaced(before, key, issue));
      if (issue === undefined) setHints((before) => replaced(before, key, undefined));
    },
    understood: (key: string, hint: string): void => setHints((before) => replaced(before, key, hint)),
    /** @param isLed whether the focus goes to the first field that something is wrong with */
    all: (wrong: Texts, understood: Texts, isLed: boolean): void => {
      setIssues(wrong);
      setHints(understood);
      if (isLed) setLeads((before) => before + 1);
    },
  };
}

function replaced(texts: Texts, key: string, text: string | undefined): Texts {
  if (texts.get(key) === text) return texts;
  const others = [...texts].filter(([one]) => one !== key);
  return new Map(text === undefined ? others : [...others, [key, text]]);
}

/** Leads to the first field that something is wrong with. @param asked grows with each time that it should */
function useFirstWrong(asked: number): void {
  const before = useRef(asked);
  useEffect(() => {
    if (asked === before.current) return undefined;
    before.current = asked;
    // A group that was folded away opens in the same render, but its fields can be reached only after the next frame.
    const frame = requestAnimationFrame(focusFirstWrong);
    return () => cancelAnimationFrame(frame);
  }, [asked]);
}

function focusFirstWrong(): void {
  const first = document.querySelector<HTMLElement>(
    '[role="dialog"] :is([aria-invalid="true"], [role="group"] [role="alert"])',
  );
  // A stored secret has no input: its button is what mends it.
  const target = first?.getAttribute('role') === 'alert' ? first.closest('[role="group"]')?.querySelector('button') : first;
  target?.focus();
}
