const SHORTEST = 4;
const SHORTEST_PIECE = 16;

/** Every spelling in which a secret may turn up in a text, longest first so that no tail of one is left over. */
export function secretForms(secrets: readonly string[]): readonly string[] {
  const forms = new Set<string>();
  for (const secret of secrets) {
    for (const piece of pieces(secret)) for (const form of spellings(piece)) forms.add(form);
  }
  return [...forms].filter((form) => form.length >= SHORTEST).toSorted((a, b) => b.length - a.length);
}

/** A key in PEM form is quoted line by line in error messages: each line of it is a secret. */
function pieces(secret: string): readonly string[] {
  const lines = secret.split(/\r?\n/).map((line) => line.trim());
  return [
    secret,
    secret.trim(),
    ...(lines.length > 1 ? lines.filter((line) => line.length >= SHORTEST_PIECE && !line.startsWith('-----')) : []),
  ];
}

function spellings(secret: string): readonly string[] {
  if (secret.length < SHORTEST) return [];
  const url = encodeURIComponent(secret);
  const form = new URLSearchParams({ s: secret }).toString().slice(2);
  const escaped = JSON.stringify(secret).slice(1, -1);
  return [secret, url, url.toLowerCase(), form, escaped, JSON.stringify(escaped).slice(1, -1), ...base64(secret)];
}

/** Base64 of the value by itself and inside something longer (`id:secret`), where it depends on the position modulo three. */
function base64(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const whole = bytes.toString('base64');
  const forms = [whole, whole.replace(/=+$/, '')];
  for (const before of [0, 1, 2]) {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    // The first and the last characters mix with the neighbours' bits; what lies between is the same in any company.
    const whole3 = Math.floor((before + bytes.length) / 3) * 4;
    const core = text.slice(before === 0 ? 0 : 4, whole3);
    if (core.length >= 8) forms.push(core);
  }
  return forms.flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_'), encodeURIComponent(text)]);
}
