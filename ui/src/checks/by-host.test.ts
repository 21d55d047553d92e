import { expect, test } from "vitest";
import type { Check } from "../generated";
import { byHost, byPlace } from "./by-host";

const step = (check: string, target: string, status: Check["status"] = "pass"): Check => ({
  check,
  target,
  status,
  code: status === "fail" ? "connect_timeout" : null,
  found: null,
  message: "",
  action: "",
});

test("steps belong to the server whose name was looked up last", () => {
  const hosts = byHost([
    step("resolve", "dc1:636"),
    step("connect", "dc1:636", "fail"),
    step("tls", "dc1:636", "skip"),
    step("resolve", "dc2:636"),
    step("bind", "dc2:636"),
    step("sample_read", "dc2:636: DC=corp"),
  ]);
  expect(hosts.map(({ host, status, checks }) => [host, status, checks.length])).toEqual([
    ["dc1:636", "fail", 3],
    ["dc2:636", "pass", 3],
  ]);
  expect(hosts[0]?.failed?.check).toBe("connect");
  expect(byHost([])).toEqual([]);
});

test("how long a connection took is known where every step of it was done", () => {
  const timed = (check: string, ms?: number): Check => ({
    ...step(check, "dc1:636"),
    ...(ms === undefined ? {} : { ms }),
  });
  expect(byHost([timed("resolve", 1), timed("connect", 4), timed("tls", 9), timed("bind", 30)])[0]?.ms).toBe(
    14,
  );
  const broken = [timed("resolve", 1), step("connect", "dc1:636", "fail"), step("tls", "dc1:636", "skip")];
  expect(byHost(broken)[0]?.ms).toBeUndefined();
  expect(byHost([timed("resolve"), timed("connect"), timed("tls")])[0]?.ms).toBeUndefined();
});

test("checks stand where their cause is looked for", () => {
  const places = byPlace([
    step("keychain", "Corporate", "fail"),
    step("bind", "dc1:636"),
    step("cloud_tls", "cloud:443"),
    step("clock", "cloud"),
  ]);
  expect([places.computer.length, places.directory.length, places.cloud.length]).toEqual([1, 1, 2]);
});
