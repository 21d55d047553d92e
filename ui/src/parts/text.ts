/** The text of a file as Windows tools write it, in UTF-8 or UTF-16, without its mark. */
export function textOf(content: Uint8Array): string {
  return new TextDecoder(codingOf(content)).decode(content);
}

/** Without a mark, the first character of a text is ASCII. */
function codingOf([first, second]: Uint8Array): string {
  if (first === undefined || second === undefined) return "utf-8";
  if ((first === 0xff && second === 0xfe) || (first > 0 && first < 0x80 && second === 0)) return "utf-16le";
  if ((first === 0xfe && second === 0xff) || (first === 0 && second > 0 && second < 0x80)) return "utf-16be";
  return "utf-8";
}
