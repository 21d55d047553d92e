import type { Check, CheckStatus } from "../generated";

/** What was tried on one server, or, without a server, before one was known. */
export interface HostChecks {
  host: string;
  checks: Check[];
  status: CheckStatus;
  /** The first step that failed. */
  failed?: Check;
  /** Milliseconds that it took to be connected with it, with TLS where there is any. */
  ms?: number;
}

/** What a connection is made of, before anybody signs in over it. */
const CONNECTION = ["resolve", "connect", "tls"];

/** How long the connection took; not there where there was none, or where nobody took the time. */
function connectedIn(checks: Check[]): number | undefined {
  const steps = checks.filter(({ check }) => CONNECTION.includes(check));
  if (steps.length < CONNECTION.length || steps.some(({ status }) => status === "fail")) return undefined;
  const timed = steps.flatMap(({ ms }) => (ms === undefined ? [] : [ms]));
  return timed.length === 0 ? undefined : timed.reduce((sum, ms) => sum + ms, 0);
}

function grouped(checks: Check[]): HostChecks {
  const ms = connectedIn(checks);
  const failed = checks.find((check) => check.status === "fail");
  const passed = checks.some((check) => check.status === "pass");
  return {
    host: checks[0]?.target ?? "",
    checks,
    status: failed ? "fail" : passed ? "pass" : "skip",
    ...(failed ? { failed } : {}),
    ...(ms === undefined ? {} : { ms }),
  };
}

/** The steps of an account by its servers: each server begins with its name being looked up. */
export function byHost(checks: readonly Check[]): HostChecks[] {
  const hosts: Check[][] = [];
  for (const check of checks) {
    const last = hosts.at(-1);
    const begins = check.check === "resolve" || last === undefined || last[0]?.check === "keychain";
    if (begins) hosts.push([check]);
    else last.push(check);
  }
  return hosts.map(grouped);
}

export interface Places {
  computer: Check[];
  directory: Check[];
  cloud: Check[];
}

/** All checks by where their cause is to be looked for. */
export function byPlace(checks: readonly Check[]): Places {
  const placeOf = ({ check }: Check): keyof Places =>
    check === "keychain"
      ? "computer"
      : check.startsWith("cloud") || check === "clock"
        ? "cloud"
        : "directory";
  const places: Places = { computer: [], directory: [], cloud: [] };
  for (const check of checks) places[placeOf(check)].push(check);
  return places;
}
