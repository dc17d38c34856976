/** A part of a sentence. Names stand out, and nothing in them can be taken for the words around. */
export interface Piece {
  readonly text: string;
  readonly isName: boolean;
}

export const plain = (text: string): Piece => ({ text, isName: false });
export const name = (text: string): Piece => ({ text, isName: true });
