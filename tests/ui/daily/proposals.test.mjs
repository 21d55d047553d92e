import { cutOff, SIZES, start, violations } from "../hands/window.mjs";

let app;
beforeAll(async () => {
  app = await start();
});
afterAll(async () => {
  await app.stop();
});

const press = (page, name) => page.getByRole("button", { name, exact: true }).first().click();
const title = (page, name) => page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
const focused = (page) => page.evaluate(() => document.activeElement.tagName);

test("a mapping of the cloud is compared, looked at, and approved by its hash", async () => {
  const page = await app.open("?proposals#mappings");
  const waiting = page.getByRole("region", { name: "Sent by the cloud" });
  await waiting.getByText("2 mappings of the cloud wait for your approval.", { exact: false }).waitFor();
  expect(await violations(page)).toEqual([]);
  await press(page, "Review Berlin");
  await title(page, "Berlin");
  const row = page.getByRole("row", { name: /^Organizational units/ });
  expect(await row.getByRole("cell").allTextContents()).toEqual(["Berlin", "Berlin, Oslo", "Changed"]);
  await page.getByText("17 settings stay as they are").click();
  await page.getByRole("row", { name: /^Base DN/ }).waitFor();
  for (const attribute of ["objectClass", "employeeType"])
    await page.getByText(attribute, { exact: true }).waitFor();
  const approve = page.getByRole("button", { name: "Approve this mapping" });
  expect(await approve.getAttribute("aria-disabled")).toBe("true");
  await page.getByText(/^\d[\d,]* people$/).waitFor();
  await page.getByRole("checkbox", { name: /^I have compared/ }).check();
  expect(await violations(page)).toEqual([]);
  await approve.click();
  await page.getByText('"Berlin" is approved.', { exact: false }).waitFor();
  await page.waitForTimeout(50);
  expect(await focused(page)).not.toBe("BODY");
  await press(page, "All mappings");
  await page
    .getByRole("row", { name: "Berlin" })
    .getByText("Unit Berlin and 1 more, with a filter")
    .waitFor();
  await waiting.getByText("1 mapping of the cloud waits", { exact: false }).waitFor();
  await page.context().close();
});

test("a refusal asks once more, and changes nothing", async () => {
  const page = await app.open("?proposals#mappings/Contractors/proposed");
  await page.getByText("New mapping", { exact: false }).first().waitFor();
  await press(page, "Refuse");
  await page.getByRole("alertdialog").getByText("It is forgotten here").waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel" }).click();
  await press(page, "Refuse");
  await page.getByRole("alertdialog").getByRole("button", { name: "Refuse" }).click();
  await page.getByText('"Contractors" was refused.', { exact: false }).waitFor();
  await page.waitForTimeout(50);
  expect(await focused(page)).not.toBe("BODY");
  await press(page, "All mappings");
  expect(await page.getByRole("row", { name: "Contractors" }).count()).toBe(0);
  await page.context().close();
});

test("the overview tells that the cloud's mappings wait, and leads there", async () => {
  const page = await app.open("?proposals#overview", SIZES.large);
  const entry = page.locator("nav").getByRole("button", { name: "Mappings" });
  await entry.getByText("2", { exact: true }).waitFor();
  const told = await entry.evaluate(
    (e) => document.getElementById(e.getAttribute("aria-describedby")).textContent,
  );
  expect(told).toBe("2 mappings of the cloud wait for approval");
  const bar = page.getByRole("group").filter({ hasText: "2 mappings of the cloud wait" });
  await bar.getByRole("button", { name: "Review" }).click();
  await title(page, "Mappings");
  await page.evaluate(() => {
    location.hash = "mappings/Nothing/proposed";
  });
  await page.getByText("This mapping no longer waits.", { exact: false }).waitFor();
  await page.context().close();
});

for (const [name, look] of Object.entries({
  dark: { colorScheme: "dark" },
  contrast: { forcedColors: "active", colorScheme: "dark" },
}))
  test(`the review has no violation in ${name}`, async () => {
    const page = await app.open("?proposals#mappings/Berlin/proposed", look);
    await page.getByText(/^\d[\d,]* people$/).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

test("nothing of the review is cut off, at any size in either language", async () => {
  for (const size of Object.values(SIZES))
    for (const lang of ["en", "de"])
      for (const name of ["Berlin", "Contractors"]) {
        const page = await app.open(`?lang=${lang}&proposals#mappings/${name}/proposed`, size);
        await page.getByRole("table").first().waitFor();
        expect(await cutOff(page), `${lang} ${name}`).toEqual([]);
        await page.context().close();
      }
});
