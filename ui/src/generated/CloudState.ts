import type { Failure } from "./Failure";

export type CloudState = { state: "not_registered" | "delivery_only" | "connecting" | "revoked" } | { state: "connected"; since_ms: number } | { state: "waiting"; error: Failure };
