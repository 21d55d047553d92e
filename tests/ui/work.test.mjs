import { cutOff, start, violations } from "./hands/window.mjs";

let app;
beforeAll(async () => {
  app = await start();
});
afterAll(async () => {
  await app.stop();
});

const order = (page) => page.locator("main tbody strong").allTextContents();
const press = (page, name) => page.getByRole("button", { name, exact: true }).first().click();

test("priorities change by drag and by keyboard, and are taken back", async () => {
  const page = await app.open("#mappings");
  await page.getByRole("row", { name: "Berlin" }).waitFor();
  await page.getByRole("row", { name: "Everyone else" }).dragTo(page.getByRole("row", { name: "Berlin" }));
  await page.getByText("Everyone else is now number 1.").waitFor();
  expect(await order(page)).toEqual(["Everyone else", "Berlin"]);
  await press(page, "Undo");
  await page.getByText("Everyone else is now number 2.").waitFor();
  expect(await order(page)).toEqual(["Berlin", "Everyone else"]);
  await page.getByRole("button", { name: "Move Berlin down" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("Berlin is now number 2.").waitFor();
  expect(await order(page)).toEqual(["Everyone else", "Berlin"]);
  expect(await violations(page)).toEqual([]);
  await page.context().close();
});

test("a drag carries what is dragged, as WebKitGTK wants it", async () => {
  const page = await app.open("#mappings");
  const row = page.getByRole("row", { name: "Everyone else" });
  const carried = await row.evaluate((e) => {
    const dataTransfer = new DataTransfer();
    e.dispatchEvent(new DragEvent("dragstart", { bubbles: true, dataTransfer }));
    return dataTransfer.getData("text/plain");
  });
  expect(carried).toBe("Everyone else");
  await page.context().close();
});

test("what is odd about a directory is told with its preview", async () => {
  const page = await app.open("#mappings");
  await page.getByRole("row", { name: "Everyone else" }).getByRole("button", { name: "Preview" }).click();
  await press(page, "Run the preview");
  await page.getByRole("button", { name: "Worth knowing about this directory (2)" }).click();
  await page.getByText("2,500 people have no e-mail address and are skipped.").waitFor();
  expect(await violations(page)).toEqual([]);
  expect(await cutOff(page)).toEqual([]);
  await page.context().close();
});

test("a preview is searched, filtered, exported and called off", async () => {
  const page = await app.open("?slow#mappings");
  await page.getByRole("row", { name: "Everyone else" }).getByRole("button", { name: "Preview" }).click();
  await press(page, "Run the preview");
  await press(page, "Cancel");
  await page.getByText("The operation was cancelled.").waitFor();
  await press(page, "Run the preview");
  await page.getByText("100,000 people", { exact: true }).waitFor({ timeout: 30_000 });
  await page.getByLabel("Search", { exact: true }).fill("anna.adler0@");
  await page.getByText("1 person", { exact: true }).waitFor();
  const [file] = await Promise.all([page.waitForEvent("download"), press(page, "Export as CSV")]);
  expect(file.suggestedFilename()).toBe("preview.csv");
  await page.getByText("Saved as preview.csv.").waitFor();
  await page.context().close();
});

test("a mapping is edited: errors stand at their fields, conditions show their filter", async () => {
  const page = await app.open("#mappings");
  await press(page, "New mapping");
  await page.getByLabel("Name", { exact: false }).first().fill("Sales");
  await page.getByLabel("Base DN").fill("nonsense");
  await page.getByText('"nonsense" is not a DN.').waitFor();
  expect(await page.getByLabel("Base DN").getAttribute("aria-invalid")).toBe("true");
  expect(await violations(page)).toEqual([]);
  await page.getByLabel("Base DN").fill("DC=corp,DC=example,DC=com");
  await page.getByLabel("Manual filter (RFC 4515)").check();
  await page
    .getByRole("textbox", { name: /RFC 4515|Filter/ })
    .last()
    .fill("(cn=a");
  await page.getByText("The filter is not valid at position").waitFor();
  await page.context().close();
});

test("an account is added, tested, changed and removed outside the setup", async () => {
  const page = await app.open("#accounts");
  await press(page, "Add an account");
  await page.getByLabel("Servers").first().fill("ldap.example.com");
  await press(page, "Check the server");
  await press(page, "Trust this company CA");
  await page.getByLabel("Account name").fill("Branch");
  await page.getByLabel("Bind name").first().fill("cn=reader");
  await page.getByLabel("Password", { exact: true }).first().fill("secret");
  expect(await violations(page)).toEqual([]);
  await press(page, "Connect and continue");
  const branch = page.getByRole("region", { name: "Branch" });
  await branch.getByRole("button", { name: "Test" }).click();
  await branch.getByText("Reachable; people can be read").waitFor();
  await branch.getByText("Steps on ldap.example.com:636").click();
  await branch.getByText("People can be read.").waitFor();
  await branch.getByRole("button", { name: "Change the connection" }).click();
  const drawer = page.getByRole("dialog", { name: "Connection of Branch" });
  await drawer.getByLabel("Display name").fill("cn");
  expect(await violations(page)).toEqual([]);
  await drawer.getByRole("button", { name: "Save" }).click();
  await drawer.getByText("Saved.").waitFor();
  await page.context().close();
});

test("settings out of bounds are told at their field", async () => {
  const page = await app.open("#settings");
  await page.getByLabel("Deactivation limit in percent").fill("101");
  await press(page, "Save");
  await page.getByText("Use a number from 0 to 100.").waitFor();
  expect(await page.getByLabel("Deactivation limit in percent").getAttribute("aria-invalid")).toBe("true");
  await page.getByLabel("Deactivation limit in percent").fill("15");
  await press(page, "Save");
  await page.getByText("Saved.").waitFor();
  await page.context().close();
});

test("the token of a SCIM service is replaced", async () => {
  const page = await app.open("?scim#settings");
  await press(page, "Change the token");
  await page.getByText("The token is empty.").waitFor();
  await page.getByLabel("Bearer token").fill("another");
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Enter");
  await page.getByText("The service at https://scim.example.com/v2 has taken the new token.").waitFor();
  expect(await page.getByLabel("Bearer token").inputValue()).toBe("");
  await page.context().close();
});

test("settings move to another computer, which says what is left to do", async () => {
  const page = await app.open("?fresh#settings");
  const card = page.getByRole("region", { name: "Move to another computer" });
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    card.getByRole("button", { name: "Export settings" }).click(),
  ]);
  expect(file.suggestedFilename()).toBe("insync-connector-settings.toml");
  const take = async (text) => {
    const chosen = { name: "moved.toml", mimeType: "text/plain", buffer: Buffer.from(text) };
    await card.locator("input[type=file]").setInputFiles(chosen);
    await card.getByText("moved.toml").waitFor();
    await card.getByRole("button", { name: "Import settings" }).click();
  };
  await take("version = 1");
  await card.getByText("was not written by a settings export").waitFor();
  await page.getByLabel("Import interval in hours").fill("12");
  await take('export.host = "SRV-OLD"\ninterval_hours = 48\n[[accounts]]\nname = "Branch"\n');
  const outcome = card.getByRole("status").filter({ hasText: "Settings imported from SRV-OLD: 1 account" });
  await outcome.waitFor();
  await outcome.getByText("What is left to do:").waitFor();
  const focused = await page.evaluate(() => document.activeElement.textContent);
  expect(focused).toBe("Choose an exported file…");
  // A form that still had the values from before would write them over the imported ones.
  await expect.poll(() => page.getByLabel("Import interval in hours").inputValue()).toBe("48");
  await card.getByText("replaces the connector on SRV-OLD (c-4711)").waitFor();
  expect(await violations(page)).toEqual([]);
  expect(await cutOff(page)).toEqual([]);
  await page.evaluate(() => {
    location.hash = "accounts";
  });
  const branch = page.getByRole("region", { name: "Branch" });
  await branch.getByText("Its password is not in the keychain of this computer.").waitFor();
  expect(await violations(page)).toEqual([]);
  await branch.getByLabel("New password for Branch").fill("secret");
  await branch.getByRole("button", { name: "Set password" }).click();
  await branch
    .getByText("Its password is not in the keychain of this computer.")
    .waitFor({ state: "detached" });
  await page.evaluate(() => {
    location.hash = "setup";
  });
  await page.getByText("This computer takes over from the connector on SRV-OLD").waitFor();
  expect(await page.getByLabel("Address", { exact: true }).inputValue()).toBe("https://insync.example.com");
  expect(await violations(page)).toEqual([]);
  await page.getByLabel("Registration key").fill("key-ordinary");
  await press(page, "Register and continue");
  await page.getByText("The connector on SRV-OLD (c-4711) is still registered").waitFor();
  expect(await violations(page)).toEqual([]);
  expect(await cutOff(page)).toEqual([]);
  await page.context().close();
});

test("a file that is no export is refused before it is read", async () => {
  const page = await app.open("?fresh#settings");
  const card = page.getByRole("region", { name: "Move to another computer" });
  const huge = { name: "huge.toml", mimeType: "text/plain", buffer: Buffer.alloc(1024 * 1024 + 1, "#") };
  await card.locator("input[type=file]").setInputFiles(huge);
  await card.getByText("The file is larger than 1 MiB.").waitFor();
  expect(await card.getByRole("button", { name: "Import settings" }).count()).toBe(0);
  await page.context().close();
});

test("where a service has the home, nothing is offered that the window cannot do", async () => {
  const page = await app.open("?service#settings");
  await page.getByText("It starts with the computer").waitFor();
  expect(await page.getByLabel("When I sign in").count()).toBe(0);
  expect(await violations(page)).toEqual([]);
  await page.context().close();
});

test("a German check list shows no English sentence", async () => {
  const english = /\b(the|is|are|can|was|not|by|and|read|connected|verified|answers)\b/i;
  const told = async (page) => {
    await page.locator(".checks li").first().waitFor();
    return page
      .locator(".checks li > span")
      .evaluateAll((steps) =>
        steps.map((step) =>
          [...step.children].filter((c) => c.tagName !== "DETAILS").map((c) => c.textContent),
        ),
      );
  };
  const page = await app.open("?lang=de#diagnostics");
  await press(page, "Prüfungen starten");
  await page.getByText("Schritte auf dc1.corp.example.com:636").click();
  const works = await told(page);
  expect(works.length).toBeGreaterThan(2);
  await page.context().close();
  const wizard = await app.open("?lang=de&fresh#setup");
  await wizard.getByLabel("Registrierungsschlüssel").fill("key-1");
  await press(wizard, "Verbindung prüfen");
  const cloud = await told(wizard);
  expect(cloud.flat().join(" ")).toContain("Zertifikat geprüft");
  await press(wizard, "Registrieren und weiter");
  await wizard.getByLabel("Server", { exact: true }).fill("dc1.corp.example.com");
  await press(wizard, "Server prüfen");
  const fails = await told(wizard);
  expect(fails.flat().join(" ")).toContain("der hier nicht vertraut wird");
  for (const words of [...works, ...cloud, ...fails].flat()) expect(words).not.toMatch(english);
  await wizard.context().close();
});
