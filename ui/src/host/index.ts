import type { Host } from "./contract";
import { MemoryHost } from "./memory/host";

/** The host of this window. A packaged window answers here with its own. */
export const host: Host = new MemoryHost({ fresh: new URLSearchParams(location.search).has("fresh") });
