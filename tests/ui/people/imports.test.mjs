// "What happened last night?" – the imports, what each did, to whom and why.
import { readFile } from "node:fs/promises";
import { cutOff, SIZES, start, violations } from "../hands/window.mjs";

let app;
beforeAll(async () => {
  app = await start();
});
afterAll(async () => {
  await app.stop();
});

const title = (page, name) => page.getByRole("heading", { level: 1, name }).waitFor();
const focused = (page) =>
  page.evaluate(
    () => `${document.activeElement.tagName} ${document.activeElement.getAttribute("role") ?? ""}`,
  );
const lastNight = (page) =>
  page.getByRole("button", { name: "Show the import of Everyone else, Nov 23, 2026, 7:28 AM" });
const rows = (page, label) => page.getByRole("grid", { name: label });
const group = (page, name) =>
  page.getByRole("region", { name: "What it did" }).getByRole("button", { name: new RegExp(`^${name}`) });

test("one click from the overview leads to what happened last night, by reason and by name", async () => {
  const page = await app.open("#overview");
  await lastNight(page).click();
  await title(page, "Import of Everyone else, Nov 23, 2026, 7:28 AM");
  expect(await focused(page)).toContain("H1");
  await page.getByText("100,000 people read in 1 min 35 sec.", { exact: false }).waitFor();
  await group(page, "No e-mail address").click();
  await page.getByText("2,500 people", { exact: true }).waitFor();
  expect(await focused(page)).toContain("BUTTON");
  const shown = rows(page, "People of this import");
  await shown.getByText("Has no e-mail address in the directory.").first().waitFor();
  expect(await shown.getByText("Added").count()).toBe(0);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export as CSV" }).click(),
  ]);
  // What is exported is what is shown: the heads, and 2,500 people.
  expect((await readFile(await file.path(), "utf8")).split("\r\n").length).toBe(2_501);
  await page.getByText("Saved as import-25.csv.").waitFor();
  expect(await violations(page)).toEqual([]);
  // The address names what is shown, so that it is there again after a look elsewhere.
  await page.reload();
  await page.getByText("2,500 people", { exact: true }).waitFor();
  await page.context().close();
});

test("the numbers of an import are the same in the list, in its line of totals and in its groups", async () => {
  const page = await app.open("#imports");
  const line = rows(page, "Imports, the newest first").getByRole("row").nth(2);
  const listed = await line.getByRole("gridcell").allTextContents();
  expect(listed.slice(1, 6)).toEqual(["22,700", "7,600", "0", "2,500", "0"]);
  await line.click();
  await title(page, /^Import of Everyone else/);
  expect(await page.locator(".totals dd").allTextContents()).toEqual([...listed.slice(1, 6), "12,500"]);
  const sum = async (...names) => {
    const found = await Promise.all(names.map((name) => group(page, name).first().textContent()));
    return found.reduce((n, text) => n + Number(text.match(/[\d,]+$/)[0].replace(",", "")), 0);
  };
  expect(await sum("Added", "Linked")).toBe(22_700);
  expect(await sum("Updated", "Reactivated")).toBe(7_600);
  await page.context().close();
});

test("arrow keys walk through imports and people, Enter opens, and the focus comes back", async () => {
  const page = await app.open("#imports");
  const list = rows(page, "Imports, the newest first");
  await list.focus();
  await page.keyboard.press("ArrowDown");
  const active = await list.getAttribute("aria-activedescendant");
  expect(await page.locator(`[id="${active}"]`).getAttribute("aria-rowindex")).toBe("3");
  await page.keyboard.press("Enter");
  await title(page, /^Import of Everyone else/);
  const people = rows(page, "People of this import");
  await people.getByText("anna.adler0@corp.example.com").waitFor();
  await people.focus();
  await page.keyboard.press("End");
  await people.locator('[aria-rowindex="45341"]').getByText("@example.com").waitFor();
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog", { name: "What the import did" });
  await drawer.getByText("CN=Anna Adler 0", { exact: false }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await drawer.waitFor({ state: "detached" });
  await expect.poll(() => focused(page)).toBe("DIV grid");
  await page.context().close();
});

test("a change is told with before and after, a refusal with its cause and what to do", async () => {
  const page = await app.open("#imports/25/update");
  const people = rows(page, "People of this import");
  await people.getByText("title: Engineer → Senior engineer").first().click();
  const drawer = page.getByRole("dialog");
  await drawer.getByRole("row", { name: "title Engineer Senior engineer" }).waitFor();
  await drawer.getByRole("button", { name: "Close" }).click();
  await page.goto(page.url().replace(/#.*/, "#imports/17/refused"));
  await page.getByText("2 people", { exact: true }).waitFor();
  await people.getByRole("row").nth(1).click();
  await drawer.getByText("the domain of this e-mail address is not allowed", { exact: false }).waitFor();
  await drawer.getByText("Check the cloud's message.", { exact: false }).waitFor();
  await page.context().close();
});

test("people of an import are found by any part of their name, whatever the case", async () => {
  const page = await app.open("#imports/25");
  await page.getByLabel("Search name, e-mail or DN").fill("ANNA.ADLER0@");
  await page.getByText("1 person", { exact: true }).waitFor();
  await page.getByLabel("Search name, e-mail or DN").fill("nobody-of-that-name");
  await page.getByText("Nobody here matches.", { exact: false }).waitFor();
  expect(await focused(page)).toContain("INPUT");
  await page.context().close();
});

test("an import that failed says why and what to do; one that is not kept says so", async () => {
  const page = await app.open("#imports");
  const failed = rows(page, "Imports, the newest first").getByRole("row", { name: /Not complete/ });
  await failed.getByText("cannot be reached", { exact: false }).waitFor();
  await failed.click();
  await page.getByText("Check that the server runs", { exact: false }).waitFor();
  await page.getByText("It changed nobody.").waitFor();
  await page.goto(page.url().replace(/#.*/, "#imports/4711"));
  await page.getByText("This import is not kept any longer").waitFor();
  expect(await violations(page)).toEqual([]);
  await page.context().close();
});

test("an import under way tells its counts on the list, and is cancelled there", async () => {
  const page = await app.open("?slow#overview");
  await page.getByRole("button", { name: "Import now" }).click();
  await page.evaluate(() => {
    location.hash = "imports";
  });
  await page.getByRole("progressbar", { name: /people acknowledged by the cloud$/ }).waitFor();
  expect(await violations(page)).toEqual([]);
  // The last of them: whose import is cancelled does not keep the others from theirs.
  await page.getByRole("progressbar", { name: /^Importing "Everyone else": / }).waitFor();
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await page.getByRole("progressbar").waitFor({ state: "detached" });
  expect(await focused(page)).not.toContain("BODY");
  await rows(page, "Imports, the newest first")
    .getByRole("row", { name: /Cancelled/ })
    .first()
    .waitFor();
  await page.context().close();
});

test("imports of one mapping are those of that mapping, and there may be none at all", async () => {
  const page = await app.open("#imports");
  await page.getByLabel("Mapping", { exact: true }).selectOption("Berlin");
  const list = rows(page, "Imports, the newest first");
  await list.getByText("Everyone else", { exact: false }).first().waitFor({ state: "detached" });
  expect(await list.getByText("Berlin · everybody").count()).toBeGreaterThan(3);
  await page.context().close();
  const fresh = await app.open("?fresh#imports");
  await fresh.getByText("No import yet").waitFor();
  expect(await violations(fresh)).toEqual([]);
  await fresh.context().close();
});

for (const [look, options] of Object.entries({
  light: {},
  dark: { colorScheme: "dark" },
  "forced colours": { forcedColors: "active", colorScheme: "dark" },
}))
  test(`list, import and drawer have no accessibility violation in ${look}`, async () => {
    const page = await app.open("#imports/25", options);
    await rows(page, "People of this import").getByRole("row").nth(1).waitFor();
    expect(await violations(page)).toEqual([]);
    await rows(page, "People of this import").getByRole("row").nth(1).click();
    await page.getByRole("dialog").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

for (const [size, options] of Object.entries(SIZES))
  test(`an import is not cut off at ${size} size in German`, async () => {
    const page = await app.open("?lang=de#imports/25", options);
    await page.getByText("45.340 Personen", { exact: true }).waitFor();
    expect(await cutOff(page)).toEqual([]);
    await page.context().close();
  });
