import { cutOff, SIZES, start, violations } from "../hands/window.mjs";

let app;
beforeAll(async () => {
  app = await start();
});
afterAll(async () => {
  await app.stop();
});

const chart = (page, name) => page.getByRole("region", { name, exact: true });
const SIGN_INS = "Sign-ins of the last 24 hours";
const IMPORTS = "Imports of the last 30 days";
const numbers = async (locator) =>
  (await locator.allTextContents()).map((text) => Number(text.replace(/\D/g, "")));

test("a chart, its legend and its table tell the same", async () => {
  const page = await app.open("#overview");
  for (const name of [SIGN_INS, IMPORTS]) {
    const one = chart(page, name);
    await one.getByText("As a table").click();
    const legend = await numbers(one.locator(".legend strong"));
    for (const [i, sum] of legend.entries()) {
      const column = await numbers(one.locator(`tbody td:nth-of-type(${i + 1})`));
      expect(column.reduce((a, b) => a + b, 0)).toBe(sum);
    }
    expect(legend.reduce((a, b) => a + b, 0)).toBeGreaterThan(0);
    await one.getByText("As a table").click();
  }
  const [shown] = await numbers(chart(page, SIGN_INS).getByText(/^[\d,]+ sign-ins$/));
  const legend = await numbers(chart(page, SIGN_INS).locator(".legend strong"));
  expect(shown).toBe(legend.reduce((a, b) => a + b, 0));
  await page.context().close();
});

test("the tile of failed sign-ins leads to a list that counts the same", async () => {
  const page = await app.open("#overview");
  const tile = page.getByRole("button", { name: /^Failed sign-ins/ });
  await tile.getByText(/^Of \d+ in the last 24 hours$/).waitFor();
  const [failed] = await numbers(tile.locator(".tile-value"));
  await tile.click();
  await page.getByText(`${failed} sign-ins`, { exact: true }).waitFor();
  const chip = page.getByRole("group", { name: "Outcome" }).getByRole("button", { name: /^Failed/ });
  expect(await chip.getAttribute("aria-pressed")).toBe("true");
  expect(await numbers(chip)).toEqual([failed]);
  expect(await page.getByRole("grid").getByText("Signed in", { exact: true }).count()).toBe(0);
  await page.context().close();
});

test("tile, chart and screen count the sign-ins of a day alike", async () => {
  const page = await app.open("#overview");
  await chart(page, SIGN_INS)
    .getByText(/^[\d,]+ sign-ins$/)
    .waitFor();
  const [shown] = await numbers(chart(page, SIGN_INS).getByText(/^[\d,]+ sign-ins$/));
  const tile = page.getByRole("button", { name: /^Failed sign-ins/ });
  await tile.getByText(`Of ${shown} in the last 24 hours`).waitFor();
  await chart(page, SIGN_INS).getByRole("button", { name: "Show the sign-ins" }).click();
  await page.getByText(`${shown} sign-ins`, { exact: true }).waitFor();
  await page.context().close();
});

test("the keyboard walks along the bars, one stop for all of them", async () => {
  const page = await app.open("#overview");
  const one = chart(page, SIGN_INS);
  await one.getByRole("button", { name: "Show the sign-ins" }).focus();
  await page.keyboard.press("Tab");
  const label = () => page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  const last = await label();
  expect(last).toMatch(/^8:00.*: Signed in \d+, Wrong password \d+/);
  await page.keyboard.press("ArrowLeft");
  expect(await label()).not.toBe(last);
  await one.getByText(/95 % within: \d+ ms/).waitFor();
  await page.keyboard.press("Home");
  expect(await label()).toMatch(/^Sun.*8:00/);
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement.tagName)).toBe("SUMMARY");
  await one.getByText(/^[\d,]+ sign-ins$/).waitFor();
  await page.context().close();
});

test("without imports and sign-ins the charts say so", async () => {
  const page = await app.open("?fresh#overview");
  await page.getByText("No import ran within the last 30 days.").waitFor();
  await chart(page, SIGN_INS).getByText("Nobody signed in within the last 24 hours.").waitFor();
  expect(await page.locator(".chart svg").count()).toBe(0);
  await page.context().close();
});

for (const [name, look] of Object.entries({
  dark: { colorScheme: "dark" },
  contrast: { forcedColors: "active", colorScheme: "dark" },
}))
  test(`opened tables have no violation in ${name}`, async () => {
    const page = await app.open("#overview", look);
    await chart(page, SIGN_INS).getByText("As a table").click();
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

test("no name below or beside the bars is cut off, at any size in either language", async () => {
  for (const size of Object.values(SIZES))
    for (const lang of ["en", "de"]) {
      const page = await app.open(`?lang=${lang}#overview`, size);
      await page.locator(".chart svg text").first().waitFor();
      const outside = await page.locator(".chart-box svg").evaluateAll((all) =>
        all.flatMap((svg) => {
          const { left, right } = svg.getBoundingClientRect();
          return [...svg.querySelectorAll("text")]
            .filter((e) => {
              const box = e.getBoundingClientRect();
              return box.left < left - 1 || box.right > right + 1;
            })
            .map((e) => e.textContent);
        }),
      );
      expect(outside).toEqual([]);
      expect(await cutOff(page)).toEqual([]);
      await page.context().close();
    }
});
