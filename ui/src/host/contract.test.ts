import { describe, test } from "vitest";
import { contractSuite } from "./contract-suite";
import { BASE } from "./memory/company/directory";
import { makeMemoryHost } from "./memory/host";

describe("the host in memory keeps the contract", () => {
  const host = makeMemoryHost({ fresh: true, pace: 0 });
  const cases = contractSuite({
    cloud: { url: "https://cloud.example.com", key: "key-1" },
    directory: {
      server: "dc1.corp.example.com",
      bind_name: "svc-insync@corp.example.com",
      password: "secret",
      base_dn: BASE,
      unit: "Berlin",
      group: "Sales Oslo",
    },
  });
  for (const { name, run } of cases) test(name, async () => run(host));
});
