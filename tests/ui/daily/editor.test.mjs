import { cutOff, SIZES, start, violations } from "../hands/window.mjs";

let app;
beforeAll(async () => {
  app = await start();
});
afterAll(async () => {
  await app.stop();
});

async function edited(path = "#mappings", options = SIZES.large, words = "Edit") {
  const page = await app.open(path, options);
  await page.getByRole("row", { name: "Berlin" }).getByRole("button", { name: words }).click();
  await page.getByRole("complementary").waitFor();
  return page;
}

test("what a mapping comes to stays in sight, with what it was before", async () => {
  const page = await edited();
  const pane = page.getByRole("complementary", { name: "Whom it takes" });
  await pane.getByText("As many as before").waitFor();
  await page.getByRole("checkbox", { name: "London", exact: true }).check();
  await pane.getByText("33,336 people match.").waitFor();
  await pane.getByText("16,668 more than before").waitFor();
  await page.locator("main").evaluate((main) => {
    main.scrollTop = main.scrollHeight;
  });
  const { top, bottom } = await pane.evaluate((e) => e.getBoundingClientRect().toJSON());
  expect(top).toBeGreaterThanOrEqual(0);
  expect(bottom).toBeLessThanOrEqual(900);
  await page.context().close();
});

test("its pages are tabs of the keyboard", async () => {
  const page = await edited();
  await page.getByRole("tab", { name: "Who" }).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.getByRole("tabpanel", { name: "Profile and storage" }).getByLabel("Storage region").waitFor();
  expect(await page.evaluate(() => document.activeElement.textContent)).toBe("Profile and storage");
  expect(await violations(page)).toEqual([]);
  await page.context().close();
});

test("nothing of it is cut off in German at 200 %", async () => {
  const page = await edited("?lang=de#mappings", SIZES.zoomed, "Bearbeiten");
  expect(await cutOff(page)).toEqual([]);
  await page.getByRole("tab", { name: "Ausnahmen" }).click();
  await page.getByRole("region", { name: "Ausgelassene Gruppen" }).getByRole("checkbox").first().waitFor();
  expect(await cutOff(page)).toEqual([]);
  await page.getByRole("tab", { name: "Profil und Speicher" }).click();
  expect(await cutOff(page)).toEqual([]);
  await page.context().close();
});

test("whom it leaves out and adds is chosen, counted and told", async () => {
  const page = await edited();
  const pane = page.getByRole("complementary", { name: "Whom it takes" });
  await pane.getByText("As many as before").waitFor();
  await page.getByRole("tab", { name: "Exceptions" }).click();
  const units = page.getByRole("region", { name: "Organizational units left out" });
  await units.getByRole("button", { name: "Expand Berlin" }).click();
  await units.getByRole("checkbox", { name: "Legal" }).check();
  await pane.getByText(/fewer than before/).waitFor();
  await pane.getByText("not in unit Legal").waitFor();
  expect(await units.getByRole("checkbox", { name: "Berlin" }).evaluate((box) => box.indeterminate)).toBe(
    true,
  );

  const added = page.getByRole("region", { name: "People added" });
  await added.getByRole("textbox").fill("ben.adler7");
  const found = added.getByRole("checkbox", { name: /Adler .*@example\.com/ }).first();
  await found.check();
  await added.getByText("1 person chosen").waitFor();
  await pane.getByText("1 person by name").waitFor();
  // Shown by name and address once nothing is searched for, and taken back with one click.
  await added.getByRole("checkbox", { name: /@example\.com/, checked: true }).waitFor();
  expect(await violations(page)).toEqual([]);
  await added.getByRole("checkbox", { name: /@example\.com/ }).click();
  await added.getByText("Nobody").waitFor();
  expect(await page.evaluate(() => document.activeElement !== document.body)).toBe(true);
  await page.context().close();
});
