import { cutOff, SIZES, start, violations } from "../hands/window.mjs";

let app;
beforeAll(async () => {
  app = await start();
});
afterAll(async () => {
  await app.stop();
});

const card = (page) => page.getByRole("region", { name: "Corporate" });
const button = (page, name) => page.getByRole("button", { name, exact: true });
const focusedText = (page) => page.evaluate(() => document.activeElement.textContent);

test("a directory tells by itself how each of its servers is", async () => {
  const page = await app.open("#accounts");
  await card(page).getByText("Works", { exact: true }).waitFor();
  expect(await card(page).getByText("Reachable; people can be read").count()).toBe(2);
  await card(page).getByText("Certificate chain").click();
  await card(page).getByText("Issued by Example Corp Issuing CA", { exact: false }).first().waitFor();
  await card(page)
    .getByText(/^Tested .*, in \d+ ms$/)
    .waitFor();
  expect(await violations(page)).toEqual([]);
  await button(page, "Berlin").click();
  await page.getByRole("heading", { level: 1, name: "Berlin" }).waitFor();
  await page.context().close();
});

test("a server that is away is told with what to do, and the other one as it is", async () => {
  const page = await app.open("?alerts#accounts");
  await card(page).getByText("Needs attention", { exact: true }).waitFor();
  await card(page).getByText("Fails at: Connection").waitFor();
  await card(page).getByText("Check that the server runs", { exact: false }).first().waitFor();
  expect(await card(page).getByText("Reachable; people can be read").count()).toBe(1);
  expect(await violations(page)).toEqual([]);
  await page.context().close();
});

test("what was typed of a connection is not lost without a word, and the focus comes back", async () => {
  const page = await app.open("#accounts");
  await button(page, "Change the connection").click();
  const drawer = page.getByRole("dialog", { name: "Connection of Corporate" });
  await drawer.getByLabel("Domain").fill("other.example.com");
  await page.keyboard.press("Escape");
  await button(page, "Stay").click();
  expect(await drawer.getByLabel("Domain").inputValue()).toBe("other.example.com");
  await drawer.getByRole("button", { name: "Close" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Discard changes" }).click();
  await drawer.waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement !== document.body);
  await button(page, "New password").click();
  const other = page.getByRole("dialog", { name: "New password for Corporate" });
  await other.getByLabel("New password for Corporate").fill("secret");
  await other.getByRole("button", { name: "Set password" }).click();
  await other.getByText("Saved in the keychain.").waitFor();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await other.waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement.textContent === "New password");
  expect(await focusedText(page)).toBe("New password");
  await page.context().close();
});

test("without a directory there is one thing to do", async () => {
  const page = await app.open("?fresh#accounts");
  await page.getByText("No directory yet").waitFor();
  await page.locator(".empty").getByRole("button", { name: "Add an account" }).click();
  await page.getByRole("region", { name: "Add an account" }).waitFor();
  expect(await page.evaluate(() => document.activeElement.tagName)).not.toBe("BODY");
  await page.context().close();
});

test("checks stand where their cause is, and are copied as a report", async () => {
  const page = await app.open("?alerts#diagnostics");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  expect(await button(page, "Copy the report").getAttribute("aria-disabled")).toBe("true");
  await button(page, "Run the checks").click();
  await page.getByText(/^1 of \d+ steps failed\./).waitFor();
  await page.getByRole("region", { name: "Directory" }).getByText("Fails at: Connection").waitFor();
  await page.getByRole("region", { name: "Cloud" }).getByText("inSync Cloud answers.").waitFor();
  await page.getByRole("region", { name: "This computer" }).getByText("inSync Connector 0.1.0").waitFor();
  expect(await focusedText(page)).toBe("Check again");
  await button(page, "Copy the report").click();
  await page.getByText("The report is in the clipboard.").waitFor();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report).toContain("\nCloud\n");
  expect(report).toMatch(/\[Failed\] Connection dc1/);
  expect(await violations(page)).toEqual([]);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    button(page, "Create a support bundle").click(),
  ]);
  expect(file.suggestedFilename()).toContain("support");
  await page.context().close();
});

for (const [name, look] of Object.entries({
  dark: { colorScheme: "dark" },
  contrast: { forcedColors: "active", colorScheme: "dark" },
}))
  test(`neither screen has a violation in ${name}`, async () => {
    for (const [screen, press] of [
      ["accounts", "Change the connection"],
      ["diagnostics", "Run the checks"],
    ]) {
      const page = await app.open(`?alerts#${screen}`, look);
      await button(page, press).click();
      await page.waitForTimeout(400);
      expect(await violations(page), screen).toEqual([]);
      await page.context().close();
    }
  });

test("nothing is cut off in German at 200 %", async () => {
  for (const screen of ["accounts", "diagnostics"]) {
    const page = await app.open(`?lang=de&alerts#${screen}`, SIZES.zoomed);
    if (screen === "diagnostics") await button(page, "Prüfungen starten").click();
    await page.getByText("Scheitert an: Verbindung").waitFor();
    for (const details of await page.locator("main summary").all()) await details.click();
    expect(await cutOff(page), screen).toEqual([]);
    await page.context().close();
  }
});
