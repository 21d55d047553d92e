import type { Host } from "./contract";

/**
 * The host of this window: the program around it, or, in a browser, one in memory. Which of them is decided when the page is
 * built, so that the program carries no sample data.
 */
async function choose(): Promise<Host> {
  const inProgram = "__TAURI_INTERNALS__" in globalThis;
  if (import.meta.env.MODE === "browser" || (import.meta.env.DEV && !inProgram)) {
    const { memoryHostOf } = await import("./memory/host");
    return memoryHostOf(new URLSearchParams(location.search));
  }
  const { makeTauriHost } = await import("./tauri");
  return makeTauriHost();
}

export const host: Host = await choose();
