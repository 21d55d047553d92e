// What the window said wrongly once, or lost.
import { start, violations } from "./hands/window.mjs";

let app;
beforeAll(async () => {
  app = await start();
});
afterAll(async () => {
  await app.stop();
});

const press = (page, name) => page.getByRole("button", { name, exact: true }).first().click();
const go = (page, hash) =>
  page.evaluate((to) => {
    location.hash = to;
  }, hash);
const title = (page, name) => page.getByRole("heading", { level: 1, name, exact: true }).waitFor();

test("a new mapping never takes the place of another of that name, in any case", async () => {
  const page = await app.open("#mappings");
  await press(page, "New mapping");
  await page.getByLabel("Name", { exact: false }).first().fill("BERLIN");
  await page.getByText("100,000 people match.").waitFor();
  await press(page, "Run the preview");
  await page.getByText("100,000 people", { exact: true }).waitFor();
  await press(page, "Save");
  await page.getByText('There is a mapping "BERLIN" already.', { exact: false }).waitFor();
  expect(await page.locator("main input[aria-invalid=true]").inputValue()).toBe("BERLIN");
  await press(page, "Cancel");
  await press(page, "Discard changes");
  await page.getByRole("row", { name: "Berlin", exact: true }).getByText("Unit Berlin").waitFor();
  await page.context().close();
});

test("edits are not lost without a word", async () => {
  const page = await app.open("#settings");
  const hours = page.getByLabel("Import interval in hours");
  await hours.fill("48");
  await page.getByText("You have unsaved changes.").waitFor();
  await page.locator("nav").getByRole("button", { name: "Overview" }).click();
  await page.getByRole("alertdialog").waitFor();
  expect(await violations(page)).toEqual([]);
  await press(page, "Stay");
  expect(await hours.inputValue()).toBe("48");
  await page.locator("nav").getByRole("button", { name: "Overview" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Discard changes" }).click();
  await title(page, "Overview");
  await page.locator("nav").getByRole("button", { name: "Settings" }).click();
  await title(page, "Settings");
  expect(await hours.inputValue()).toBe("24");
  await hours.fill("12");
  await press(page, "Save");
  await page.getByText("Saved.").waitFor();
  await page.locator("nav").getByRole("button", { name: "Overview" }).click();
  await title(page, "Overview");
  await page.context().close();
});

test("a number that is cleared is missing, and not 0", async () => {
  const page = await app.open("#settings");
  const hours = page.getByLabel("Import interval in hours");
  await hours.fill("");
  expect(await hours.inputValue()).toBe("");
  await page.getByText("Enter a whole number.").waitFor();
  expect(await page.getByRole("button", { name: "Save", exact: true }).isDisabled()).toBe(true);
  await hours.pressSequentially("36");
  await press(page, "Save");
  await page.getByText("Saved.").waitFor();
  expect(await hours.inputValue()).toBe("36");
  await page.context().close();
});

test("while imports are paused none can be started, and it says why", async () => {
  const page = await app.open("#overview");
  await press(page, "Pause");
  await page.getByText("Imports are paused. Resume them first.").waitFor();
  expect(await page.getByRole("button", { name: "Import now" }).isDisabled()).toBe(true);
  await press(page, "Resume");
  await page.getByText("Imports are paused.", { exact: false }).waitFor({ state: "detached" });
  expect(await page.getByRole("button", { name: "Import now" }).isEnabled()).toBe(true);
  await page.context().close();
});

test("a condition that nobody has filled in yet is no error", async () => {
  const page = await app.open("#mappings");
  await press(page, "New mapping");
  await page.getByText("100,000 people match.").waitFor();
  await page.getByLabel("Conditions", { exact: true }).check();
  await page.getByText("Enter a value for each condition, or remove it.").waitFor();
  await page.waitForTimeout(300);
  expect(await page.getByRole("alert").count()).toBe(0);
  await page.getByLabel("Value").fill("Sales");
  await page.getByText("Filter sent to the directory").waitFor();
  await page.context().close();
});

test("the setup goes on from no filter that the directory would refuse", async () => {
  const page = await app.open("?fresh");
  await page.getByLabel("GovCloud").check();
  await page.evaluate(() => {
    const [key] = Object.keys(localStorage);
    localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage.getItem(key)), at: "mapping" }));
  });
  await page.goto(page.url().replace(/\?.*$/, ""));
  await title(page, "Who");
  const next = page.getByRole("button", { name: "Next", exact: true });
  await page.waitForFunction(() =>
    [...document.querySelectorAll("button")].some((b) => b.textContent === "Next" && !b.disabled),
  );
  await page.getByLabel("Manual filter (RFC 4515)").check();
  await page.getByRole("textbox", { name: /RFC 4515/ }).fill("(cn=a");
  await page.getByText("Correct the filter to continue.").waitFor();
  expect(await next.isDisabled()).toBe(true);
  await page.context().close();
});

test("a setup that is not finished is no green tick", async () => {
  const page = await app.open("?fresh");
  await page.getByLabel("Registration key").fill("key-ordinary");
  await press(page, "Register and continue");
  await title(page, "Directory");
  await press(page, "Save and close");
  await title(page, "Overview");
  await page.getByRole("img", { name: "Needs attention" }).waitFor();
  expect(await page.getByRole("button", { name: "Import now" }).isDisabled()).toBe(true);
  await page.context().close();
});

test("dates are written as the reader's region writes them", async () => {
  const page = await app.open("#overview", { locale: "en-GB" });
  await page.getByText("23 Nov 2026, 07:30").first().waitFor();
  await page.context().close();
});
