import type { Failure } from "../generated";

/** Anything caught, as the one shape the window shows. */
export function asFailure(caught: unknown): Failure {
  if (
    typeof caught === "object" &&
    caught !== null &&
    "code" in caught &&
    "message" in caught &&
    "action" in caught
  )
    return caught as Failure;
  return {
    code: "internal",
    message: "Something unexpected happened inside the connector.",
    action: "Send a support bundle to support.",
  };
}
