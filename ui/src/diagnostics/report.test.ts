import { expect, test } from "vitest";
import { makeMemoryHost } from "../host/memory/host";
import { reportOf } from "./report";

test("a report tells every step with its outcome, its words and its code", async () => {
  const host = makeMemoryHost({ alerts: true });
  const [about, checks] = [await host.about(), await host.checks()];
  const report = reportOf(about, { Directory: checks, Cloud: [] }, { checks, at: 0, ms: 12 });
  expect(report.split("\n")[0]).toBe("inSync Connector 0.1.0");
  expect(report).toContain("\nDirectory\n[Passed] Name dc1.corp.example.com:636: 10.20.0.11\n");
  expect(report).toMatch(/\[Failed\] Connection dc1\.\S+: .+ cannot be reached\. .+ \(connect_timeout\)\n/);
  expect(report).toContain("[Skipped] TLS");
  expect(report).not.toContain("\nCloud\n");
});
