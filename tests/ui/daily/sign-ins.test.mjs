import { cutOff, SIZES, start, violations } from "../hands/window.mjs";

let app;
beforeAll(async () => {
  app = await start();
});
afterAll(async () => {
  await app.stop();
});

const focusedRole = (page) => page.evaluate(() => document.activeElement.getAttribute("role"));
const rows = (page) => page.getByRole("grid").getByRole("row");
const chip = (page, name) => page.getByRole("group", { name: "Outcome" }).getByRole("button", { name });
const numberIn = async (locator) => Number((await locator.textContent()).replace(/\D/g, ""));

test("each outcome is counted, and chosen by its chip", async () => {
  const page = await app.open("#sign_ins");
  const chips = page.getByRole("group", { name: "Outcome" }).getByRole("button");
  await chips.nth(2).waitFor();
  const counts = await Promise.all((await chips.all()).map(numberIn));
  expect(counts[0]).toBeGreaterThan(100);
  expect(counts.slice(2).reduce((a, b) => a + b, 0)).toBe(counts[0]);
  await chip(page, /^Wrong password/).click();
  await page.getByText(`${counts[3]} sign-ins`, { exact: true }).waitFor();
  await page.waitForFunction(() =>
    [...document.querySelectorAll("[role=grid] .outcome")].every((e) => e.textContent === "Wrong password"),
  );
  await rows(page).getByText("The directory did not accept the password.").first().waitFor();
  await chip(page, /^Wrong password/).click();
  await page.getByText(`${counts[0]} sign-ins`, { exact: true }).waitFor();
  await page.getByLabel("Time", { exact: true }).selectOption("Last hour");
  await page.getByText(`${counts[0]} sign-ins`, { exact: true }).waitFor({ state: "detached" });
  expect(await numberIn(chips.first())).toBeLessThan(counts[0]);
  await page.context().close();
});

test("names are searched, and where nothing is found there is a way back", async () => {
  const page = await app.open("#sign_ins");
  await page.getByRole("searchbox", { name: "Search names" }).fill("anna adler");
  await page.waitForFunction(() => {
    const names = [...document.querySelectorAll("[role=gridcell][data-column=who]")];
    return names.length > 0 && names.every((e) => e.textContent.startsWith("Anna Adler"));
  });
  await page.getByRole("searchbox", { name: "Search names" }).fill("nobody at all");
  await page.getByText("Nothing found", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Show all" }).click();
  await page.getByRole("grid").waitFor();
  expect(await page.evaluate(() => document.activeElement.tagName)).not.toBe("BODY");
  await page.context().close();
});

test("the keyboard chooses a row, has it explained, and comes back to it", async () => {
  const page = await app.open("#sign_ins");
  await page.getByRole("grid").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const active = () =>
    page.evaluate(
      () => document.getElementById(document.activeElement.getAttribute("aria-activedescendant")).textContent,
    );
  const third = await active();
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("dialog", { name: "Explain a name" });
  await drawer.getByText("Active", { exact: true }).waitFor();
  const name = await drawer.getByRole("article").getAttribute("aria-label");
  expect(third).toContain(name);
  await drawer.getByText('"Berlin":', { exact: false }).waitFor();
  await drawer.getByText(/^Wrong passwords: \d of 4/).waitFor();
  expect(await drawer.getByText("Blocked after wrong passwords").count()).toBeGreaterThan(0);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await drawer.waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement.getAttribute("role") === "grid");
  expect(await active()).toBe(third);
  await page.keyboard.press("End");
  await page.waitForFunction(() => document.activeElement.getAttribute("aria-activedescendant") !== null);
  expect(await focusedRole(page)).toBe("grid");
  await page.context().close();
});

test("any name is explained: who is skipped, who waits, and whom nobody knows", async () => {
  const page = await app.open("#sign_ins");
  await page.getByRole("button", { name: "Explain a name" }).click();
  const drawer = page.getByRole("dialog");
  const ask = async (name) => {
    await drawer.getByRole("textbox").fill(name);
    await page.keyboard.press("Enter");
  };
  await drawer.getByText("Nobody is signed in by this").waitFor();
  await ask("CORP\\karin.adler10");
  await drawer.getByText("Waiting for approval", { exact: true }).waitFor();
  await drawer.getByText("Disabled in the directory.", { exact: false }).first().waitFor();
  await ask("liam.adler11@corp.example.com");
  await drawer.getByText("Skipped", { exact: true }).waitFor();
  await drawer.getByText("Has no e-mail address in the directory.").first().waitFor();
  await drawer.getByText("The cloud does not have this person.").waitFor();
  await ask("nobody@example.com");
  await drawer.getByText('Nobody is named "nobody@example.com" in any directory', { exact: false }).waitFor();
  expect(await violations(page)).toEqual([]);
  await drawer.getByRole("button", { name: "Close" }).click();
  await drawer.waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement.textContent === "Explain a name");
  await page.context().close();
});

test("look-ups of a mass deployment are told beside them", async () => {
  const page = await app.open("#sign_ins");
  await page.getByRole("tab", { name: "Sign-ins" }).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.getByText(/^\d+ look-ups$/).waitFor();
  await chip(page, /^Not covered/).click();
  await rows(page).getByText("No mapping for mass deployment covers the person.").first().waitFor();
  expect(await violations(page)).toEqual([]);
  await page.context().close();
});

test("where nobody signed in yet, it says what would be here", async () => {
  const page = await app.open("?fresh#sign_ins");
  await page.getByText("No sign-ins at that time").waitFor();
  expect(await violations(page)).toEqual([]);
  await page.context().close();
});

test("a hundred thousand sign-ins are scrolled through, page by page", async () => {
  const page = await app.open("?busy#sign_ins");
  await page.getByLabel("Time", { exact: true }).selectOption("Last 90 days");
  await page.getByText(/^9\d,\d{3} sign-ins$/).waitFor();
  const grid = page.getByRole("grid");
  for (let step = 1; step <= 12; step += 1)
    await grid.evaluate(async (box) => {
      box.scrollTop += 1_500;
      await new Promise((done) => setTimeout(done, 120));
    });
  await page.waitForFunction(() => !document.querySelector("[role=grid]").textContent.includes("Loading"));
  expect(await rows(page).count()).toBeLessThan(60);
  await page.context().close();
});

for (const look of [{ colorScheme: "dark" }, { forcedColors: "active", colorScheme: "dark" }])
  test(`the drawer has no violation in ${JSON.stringify(look)}`, async () => {
    const page = await app.open("#sign_ins", look);
    await rows(page).nth(3).click();
    await page.getByRole("article").waitFor();
    await page.waitForTimeout(400);
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

test("nothing is cut off in German at 200 %, in the list nor in the drawer", async () => {
  const page = await app.open("?lang=de#sign_ins", SIZES.zoomed);
  await rows(page).nth(3).waitFor();
  expect(await cutOff(page)).toEqual([]);
  await page.getByRole("button", { name: "Namen erklären" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("anna.adler0@example.com");
  await page.keyboard.press("Enter");
  await page.getByRole("article").waitFor();
  const wide = await page
    .getByRole("dialog")
    .evaluate(
      (e) => [...e.querySelectorAll("*")].filter((one) => one.scrollWidth - e.clientWidth > 1).length,
    );
  expect(wide).toBe(0);
  await page.context().close();
});
