import { differs } from "./hands/pictures.mjs";
import { throughTheWizard } from "./hands/steps.mjs";
import { cutOff, SIZES, start, violations } from "./hands/window.mjs";

let app;
beforeAll(async () => {
  app = await start();
});
afterAll(async () => {
  await app.stop();
});

for (const colorScheme of ["light", "dark"]) {
  test(`no step has an accessibility violation, and each looks as it was looked at, in ${colorScheme}`, async () => {
    const page = await app.open("?fresh", { colorScheme });
    await throughTheWizard(page, async (step) => {
      expect(await violations(page), step).toEqual([]);
      if (colorScheme === "light") expect(await differs(page, `wizard/${step}`), step).toBe(0);
    });
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain("kept-nowhere");
    await page.context().close();
  });
}

for (const [size, options] of Object.entries(SIZES)) {
  test(`no step is cut off at ${size} size`, async () => {
    const page = await app.open("?fresh", options);
    await throughTheWizard(page, async (step) => {
      expect(await cutOff(page), step).toEqual([]);
      if (process.env.SHOTS)
        await page.screenshot({ path: `${process.env.SHOTS}/${size}-wizard-${step}.png` });
    });
    await page.context().close();
  });
}

test("a draft survives a restart of the window", async () => {
  const page = await app.open("?fresh#setup");
  await page.getByLabel("Other address").check();
  const address = page.getByLabel("Address", { exact: true });
  await address.fill("https://insync.corp.example.com");
  await page.reload();
  await address.waitFor();
  expect(await address.inputValue()).toBe("https://insync.corp.example.com");
  await page.context().close();
});

test("a legacy configuration is offered, and its proxy taken over", async () => {
  const page = await app.open("?legacy");
  await page.getByText("A legacy configuration was found").waitFor();
  await page.getByText('service "Druva inSync Connector" is running').waitFor();
  const blank = page.getByLabel("Delete the proxy password from the file");
  expect(await blank.isChecked()).toBe(false);
  await blank.check();
  await page.getByRole("button", { name: "Take over" }).click();
  await page.getByText("Not taken over: SERVICE_PORT").waitFor();
  await page.getByText("no longer in the file").waitFor();
  expect(await cutOff(page)).toEqual([]);
  expect(await violations(page)).toEqual([]);
  expect(await page.getByLabel("Proxy host").inputValue()).toBe("proxy.corp.example.com");
  await page.context().close();
});

test("a password that stays in the file costs nothing else", async () => {
  const page = await app.open("?legacy&protected");
  await page.getByLabel("Delete the proxy password from the file").check();
  await page.getByRole("button", { name: "Take over" }).click();
  await page.getByText("it is still in the file").waitFor();
  expect(await page.getByText("no longer in the file").count()).toBe(0);
  expect(await page.getByRole("button", { name: "Take over" }).isEnabled()).toBe(true);
  expect(await violations(page)).toEqual([]);
  expect(await cutOff(page)).toEqual([]);
  expect(await page.getByLabel("Proxy host").inputValue()).toBe("proxy.corp.example.com");
  await page.context().close();
});

test("a proxy that the environment names is offered, and used once it is chosen", async () => {
  const page = await app.open("?fresh&proxy#setup");
  await page.getByText("Network", { exact: true }).click();
  await page
    .getByText("HTTPS_PROXY in the environment names the proxy proxy.corp.example.com:3128")
    .waitFor();
  expect(await page.getByLabel("Proxy host").count()).toBe(0);
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Use this proxy" }).click();
  expect(await page.getByLabel("Proxy host").inputValue()).toBe("proxy.corp.example.com");
  await page.getByText("HTTPS_PROXY in the environment named this proxy.").waitFor();
  expect(await cutOff(page)).toEqual([]);
  // What somebody types is theirs.
  await page.getByLabel("Proxy host").fill("other.example.com");
  expect(await page.getByText("named this proxy").count()).toBe(0);
  await page.context().close();
});

test("a setup that was cut off after the registration goes on with the directory", async () => {
  const page = await app.open("?fresh&registered#setup");
  await page.getByRole("heading", { level: 1, name: "Directory" }).waitFor();
  await page.context().close();
});
