import type { Failure } from "../generated";

/** A failure of the page's own, in the one shape. */
export const failure = (code: string, message: string, action: string, field?: string): Failure => ({
  code,
  message,
  action,
  ...(field ? { field } : {}),
});

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
    message: "An unexpected error occurred inside the connector.",
    action: "Send a support bundle to support.",
  };
}
