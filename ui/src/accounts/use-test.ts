import { useQuery } from "@tanstack/react-query";
import type { Status } from "../generated";
import { host } from "../host";

/** A test is as good as new for so long, in milliseconds. */
const FRESH = 5 * 60_000;

/** Why an account is not tested by itself; nothing where it is. */
export function hindrance(
  name: string,
  status: Status | undefined,
): "password" | "authentication" | undefined {
  if (!status || status.missing_passwords.includes(name)) return "password";
  // Each test of a bind account that is refused counts as a wrong password: the directory might lock it.
  const refused = status.alerts.some((a) => a.kind === "directory_authentication" && a.account === name);
  return refused ? "authentication" : undefined;
}

/** Every step on every server of an account, and how long all of them took. */
export function useTest(name: string, status: Status | undefined) {
  return useQuery({
    queryKey: ["test-account", name],
    queryFn: async () => {
      const began = performance.now();
      const checks = await host.testAccount(name);
      return { checks, at: Date.now(), ms: Math.round(performance.now() - began) };
    },
    enabled: status !== undefined && hindrance(name, status) === undefined,
    staleTime: FRESH,
  });
}
