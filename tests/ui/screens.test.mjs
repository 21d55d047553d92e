import { shot, start, violations } from "./window.mjs";

let app;
beforeAll(async () => {
  app = await start();
});
afterAll(async () => {
  await app.stop();
});

const SIZES = {
  small: { width: 1024, height: 700 },
  large: { width: 1440, height: 900 },
  zoomed: { width: 512, height: 350 },
};

for (const colorScheme of ["light", "dark"]) {
  test(`no screen has an accessibility violation in ${colorScheme}`, async () => {
    const page = await app.open("", { colorScheme });
    const names = await page.getByRole("navigation").getByRole("button").allTextContents();
    for (const name of names) {
      await page.getByRole("navigation").getByRole("button", { name, exact: true }).click();
      await page.waitForTimeout(250);
      expect(await violations(page), name).toEqual([]);
      await shot(page, `${name}-${colorScheme}`);
    }
    await page.context().close();
  });
}

test("no screen is wider than its window, in any size or language", async () => {
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const lang of ["en", "de"]) {
      const page = await app.open(`?lang=${lang}`, { viewport });
      for (const button of await page.getByRole("navigation").getByRole("button").all()) {
        await button.click();
        await page.waitForTimeout(150);
        const name = await button.textContent();
        expect(
          await page.evaluate(
            () => document.querySelector("main").scrollWidth - document.querySelector("main").clientWidth,
          ),
          `${name} ${size} ${lang}`,
        ).toBeLessThanOrEqual(1);
        await shot(page, `${size}-${lang}-${name}`);
      }
      await page.context().close();
    }
  }
});
