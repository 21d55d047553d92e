import { differs } from "./hands/pictures.mjs";
import { cutOff, SIZES, start, violations } from "./hands/window.mjs";

let app;
beforeAll(async () => {
  app = await start();
});
afterAll(async () => {
  await app.stop();
});

const SCREENS = [
  "overview",
  "setup",
  "people",
  "imports",
  "sign_ins",
  "mappings",
  "accounts",
  "activity",
  "diagnostics",
  "settings",
  "help",
];

/** Shows a screen and waits until it has nothing more to load. */
async function show(page, name) {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, name);
  await page.waitForFunction(() => !document.querySelector("main [role=progressbar]"));
  await page.waitForTimeout(150);
}

for (const colorScheme of ["light", "dark"]) {
  test(`no screen has an accessibility violation, and each looks as it was looked at, in ${colorScheme}`, async () => {
    const page = await app.open("", { colorScheme });
    for (const name of SCREENS) {
      await show(page, name);
      expect(await violations(page), name).toEqual([]);
      if (colorScheme === "light" || name === "overview")
        expect(await differs(page, `screens/${name}-${colorScheme}`), name).toBe(0);
    }
    await page.context().close();
  });
}

for (const [size, options] of Object.entries(SIZES)) {
  test(`nothing is cut off at ${size} size in either language`, async () => {
    for (const lang of ["en", "de"]) {
      const page = await app.open(`?lang=${lang}`, options);
      for (const name of SCREENS) {
        await show(page, name);
        expect(await cutOff(page), `${name} ${lang}`).toEqual([]);
        if (process.env.SHOTS)
          await page.screenshot({ path: `${process.env.SHOTS}/${size}-${lang}-${name}.png` });
      }
      await page.context().close();
    }
  });
}

test("high contrast is followed and has no accessibility violation", async () => {
  const page = await app.open("", { forcedColors: "active", colorScheme: "dark" });
  for (const name of SCREENS) {
    await show(page, name);
    expect(await violations(page), name).toEqual([]);
  }
  await page.context().close();
});

test("alerts are told with what to do, and the headline with them", async () => {
  const page = await app.open("?alerts");
  await page.getByText('The directory "Corporate" cannot be reached').waitFor();
  await page.getByText("Check that the server runs").waitFor();
  await page.getByRole("img", { name: "Needs attention" }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.context().close();
});
