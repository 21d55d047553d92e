// The page on which a list is approved is exactly that list: one number, from the record that the approval names.
import { readFile } from "node:fs/promises";
import { cutOff, SIZES, start, violations } from "../hands/window.mjs";

let app;
beforeAll(async () => {
  app = await start();
});
afterAll(async () => {
  await app.stop();
});

const HELD = "#imports/waiting/Everyone%20else/deactivate";
const title = (page, name) => page.getByRole("heading", { level: 1, name }).waitFor();
const button = (page, name) => page.getByRole("button", { name, exact: true });
const focused = (page) => page.evaluate(() => document.activeElement.tagName);

test("1,313 people who wait are 1,313 in every place, and the list is exactly them", async () => {
  const page = await app.open("?held#overview", { viewport: { width: 1440, height: 900 } });
  await page.getByText('1,313 people of "Everyone else" wait', { exact: false }).waitFor();
  await page
    .locator("nav")
    .getByRole("button", { name: "Imports" })
    .getByText("1,313", { exact: true })
    .waitFor();
  const tile = page.getByRole("button", { name: /^Waiting for approval/ });
  expect(await tile.textContent()).toContain("1,313");
  await page.evaluate(() => {
    location.hash = "mappings";
  });
  await page
    .getByRole("row", { name: "Everyone else" })
    .getByText("1,313 people wait for approval")
    .waitFor();
  await page.evaluate(() => {
    location.hash = "imports";
  });
  await page.getByText("1,313 people would be deactivated", { exact: false }).waitFor();
  await button(page, "Review the list").click();
  await title(page, "Deactivate 1,313 people of Everyone else?");
  await page.getByText("1,313 people", { exact: true }).waitFor();
  await page.getByRole("button", { name: /^Everybody\s*1,313$/ }).waitFor();
  await page.getByRole("button", { name: /^Disabled in the directory\s*1,313$/ }).waitFor();
  await button(page, "Deactivate 1,313 people").waitFor();
  const list = page.getByRole("grid", { name: "People on the list" });
  expect(await list.getAttribute("aria-rowcount")).toBe("1314");
  await list.focus();
  await page.keyboard.press("End");
  await list.locator('[aria-rowindex="1314"]').getByText("@example.com").waitFor();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export as CSV" }).click(),
  ]);
  expect((await readFile(await file.path(), "utf8")).split("\r\n").length).toBe(1_314);
  await page.context().close();
});

test("banner, tile, alert of the list and mapping lead to the list", async () => {
  const page = await app.open("?held#overview");
  const ways = [
    ["overview", () => button(page, "Review the list")],
    ["overview", () => page.getByRole("button", { name: /^Waiting for approval/ })],
    ["imports", () => button(page, "Review the list")],
    ["imports/25", () => button(page, "Review the list")],
    ["mappings", () => button(page, "1,313 people wait for approval")],
  ];
  for (const [place, way] of ways) {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, place);
    await way().click();
    await title(page, "Deactivate 1,313 people of Everyone else?");
    await page.waitForFunction(() => document.activeElement?.tagName === "H1");
  }
  await page.context().close();
});

test("more than 100 are approved only by typing how many; then exactly they are deactivated", async () => {
  const page = await app.open(`?held${HELD}`);
  await button(page, "Deactivate 1,313 people").click();
  const dialog = page.getByRole("alertdialog", { name: "Deactivate 1,313 people?" });
  const yes = dialog.getByRole("button", { name: "Deactivate 1,313 people", exact: true });
  expect(await yes.isDisabled()).toBe(true);
  expect(await violations(page)).toEqual([]);
  await dialog.getByLabel("Type 1,313 to confirm").fill("1312");
  expect(await yes.isDisabled()).toBe(true);
  await page.keyboard.press("Enter");
  await dialog.waitFor();
  await dialog.getByLabel("Type 1,313 to confirm").fill("1,313");
  await page.keyboard.press("Enter");
  await page.getByText("You approved the deactivation of 1,313 people.", { exact: false }).waitFor();
  expect(await focused(page)).not.toBe("BODY");
  expect(await violations(page)).toEqual([]);
  await button(page, "Show what it did").click();
  await title(page, /^Import of Everyone else/);
  expect(await page.locator(".totals dd").nth(2).textContent()).toBe("1,313");
  await page.getByText("The deactivation of 1,313 people was approved for this import.").waitFor();
  const entry = page.locator("nav").getByRole("button", { name: "Imports" });
  expect(await entry.getAttribute("aria-describedby")).toBeNull();
  await page.context().close();
});

test("a dialog that is left keeps the list, and the focus on its button", async () => {
  const page = await app.open(`?held${HELD}`);
  await button(page, "Deactivate 1,313 people").click();
  await page.keyboard.press("Escape");
  await page.getByRole("alertdialog").waitFor({ state: "detached" });
  await expect
    .poll(() => page.evaluate(() => document.activeElement.textContent))
    .toBe("Deactivate 1,313 people");
  await page.context().close();
});

test("a list that has changed is not approved: it is told, and made anew", async () => {
  const page = await app.open("?held#mappings");
  // Somebody narrows the mapping meanwhile: the list in the record is no longer what an import would do.
  await page.getByRole("row", { name: "Everyone else" }).getByRole("button", { name: "Edit" }).click();
  await page.getByText("100,000 people match.").waitFor();
  await page.getByRole("checkbox", { name: "Oslo", exact: true }).click();
  await page.getByText("16,666 people match.").waitFor();
  await button(page, "Run the preview").click();
  await page.getByText(/^\d[\d,]* people$/).waitFor();
  await button(page, "Save").click();
  await title(page, "Mappings");
  await page.evaluate((hash) => {
    location.hash = hash;
  }, HELD);
  await button(page, "Deactivate 1,313 people").click();
  await page.getByLabel("Type 1,313 to confirm").fill("1313");
  await page.keyboard.press("Enter");
  await page.getByText("The list has changed, so your approval was not used", { exact: false }).waitFor();
  await page.getByText("The list was made anew.", { exact: false }).waitFor();
  expect(await button(page, "Deactivate 1,313 people").count()).toBe(0);
  expect(await focused(page)).not.toBe("BODY");
  expect(await violations(page)).toEqual([]);
  await page.context().close();
});

test("where nobody waits the page says so; while imports are paused nothing can be approved", async () => {
  const page = await app.open("?held#imports/waiting/Berlin/deactivate");
  await page.getByText("Nobody waits for an approval here").waitFor();
  expect(await violations(page)).toEqual([]);
  await page.evaluate(() => {
    location.hash = "overview";
  });
  await button(page, "Pause").click();
  await page.getByText("Imports are paused. Resume them first.").waitFor();
  await page.evaluate((hash) => {
    location.hash = hash;
  }, HELD);
  await page.getByText("Imports are paused. Resume them first.").waitFor();
  expect(await button(page, "Deactivate 1,313 people").isDisabled()).toBe(true);
  await page.context().close();
});

for (const [look, options] of Object.entries({
  light: {},
  dark: { colorScheme: "dark" },
  "forced colours": { forcedColors: "active", colorScheme: "dark" },
}))
  test(`the approval page has no accessibility violation in ${look}`, async () => {
    const page = await app.open(`?held${HELD}`, options);
    await button(page, "Deactivate 1,313 people").waitFor();
    expect(await violations(page)).toEqual([]);
    await button(page, "Deactivate 1,313 people").click();
    await page.getByRole("alertdialog").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

for (const [size, options] of Object.entries(SIZES))
  test(`the approval page is not cut off at ${size} size in German`, async () => {
    const page = await app.open(`?held&lang=de${HELD}`, options);
    await button(page, "1.313 Personen deaktivieren").waitFor();
    expect(await cutOff(page)).toEqual([]);
    await page.context().close();
  });
