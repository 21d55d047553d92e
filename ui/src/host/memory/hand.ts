/** Hands a text to the user of the browser as a file, and tells its name. */
export function hand(name: string, text: string): string {
  if (typeof document === "undefined") return name;
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  URL.revokeObjectURL(url);
  return name;
}
