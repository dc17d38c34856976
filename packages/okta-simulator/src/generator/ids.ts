import { Random } from './random.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

const letters = (random: Random, count: number): string => {
  let text = '';
  for (let index = 0; index < count; index += 1) text += ALPHABET[random.below(62)];
  return text;
};

const counterText = (value: number): string => {
  let rest = value;
  let text = '';
  for (let index = 0; index < 5; index += 1) {
    text = `${ALPHABET[rest % 62]}${text}`;
    rest = Math.floor(rest / 62);
  }
  return text;
};

/** An id in Okta's form (20 characters). The number is written into it, so two of a kind never clash. */
export function makeId(prefix: string, seed: number, number: number): string {
  return `${prefix}${letters(Random.of(seed, prefix, number), 12 - prefix.length)}${counterText(number)}sm7`;
}

export function makeUuid(seed: number, kind: string, number: number): string {
  const random = Random.of(seed, kind, number);
  const hex = (count: number): string => {
    let text = '';
    while (text.length < count) text += random.below(16).toString(16);
    return text;
  };
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
}
