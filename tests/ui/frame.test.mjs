import { cutOff, start, violations } from "./hands/window.mjs";

let app;
beforeAll(async () => {
  app = await start();
});
afterAll(async () => {
  await app.stop();
});

const SCREENS = [
  "overview",
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
const press = (page, name) => page.getByRole("button", { name, exact: true }).first().click();
const focused = (page) => page.evaluate(() => document.activeElement.tagName);

test("each screen has a title of its own, is shown from its top, and has the focus on its heading", async () => {
  const page = await app.open("#settings");
  const titles = new Set();
  for (const name of SCREENS) {
    await page.evaluate(() => {
      document.querySelector("main").scrollTop = 200;
    });
    await page.locator("nav").getByRole("button").nth(0).focus();
    await page.evaluate((hash) => {
      location.hash = hash;
    }, name);
    await page.waitForFunction(() => document.activeElement?.tagName === "H1");
    expect(await page.locator("main").evaluate((main) => main.scrollTop), name).toBe(0);
    titles.add(await page.title());
  }
  expect(titles.size).toBe(SCREENS.length);
  await page.context().close();
});

test("the first Tab leads past the navigation", async () => {
  const page = await app.open("#mappings");
  await page.evaluate(() => {
    document.querySelector(".shell").focus();
  });
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement.textContent)).toBe("Skip to the content");
  await page.keyboard.press("Enter");
  expect(await focused(page)).toBe("H1");
  await page.context().close();
});

test("the focus stays near what went away, and never falls off the page", async () => {
  const page = await app.open("#mappings");
  const there = async () => expect(await focused(page)).not.toBe("BODY");
  const berlin = page.getByRole("row", { name: "Berlin" });
  await berlin.getByRole("button", { name: "Remove" }).click();
  await there();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.waitForTimeout(50);
  await there();
  await berlin.getByRole("button", { name: "Preview" }).click();
  await press(page, "Run the preview");
  await page.waitForTimeout(50);
  await there();
  await page.getByText(/^\d[\d,]* people$/).waitFor();
  await there();
  await press(page, "Back");
  await page.waitForTimeout(50);
  await there();
  await page.context().close();
});

test("Ctrl+K finds people, mappings, directories, screens and settings by their names", async () => {
  const page = await app.open("#overview");
  const find = async (text, option) => {
    await page.keyboard.press("Control+k");
    await page.keyboard.type(text);
    await page.locator(".header").getByRole("option", { name: option, exact: true }).waitFor();
    expect(await violations(page)).toEqual([]);
    const chosen = () =>
      page
        .locator(".header input")
        .evaluate((e) => document.getElementById(e.getAttribute("aria-activedescendant"))?.textContent);
    for (let i = 0; i < 5 && (await chosen()) !== option; i += 1) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
  };
  await find("anna.adler10240", "Anna Adler – anna.adler10240@corp.example.com");
  await page.getByRole("dialog").getByRole("heading", { name: "Anna Adler" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await find("else", "Everyone else");
  await page.getByRole("heading", { level: 1, name: "Everyone else" }).waitFor();
  await find("diag", "Diagnostics");
  await page.getByRole("heading", { level: 1, name: "Diagnostics" }).waitFor();
  await find("limit percent", "Deactivation limit in percent");
  await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
  await page.waitForFunction(() => document.activeElement?.tagName === "INPUT");
  expect(await page.evaluate(() => document.activeElement.labels[0].textContent)).toBe(
    "Deactivation limit in percent",
  );
  await page.keyboard.press("Control+k");
  await page.keyboard.type("zzz");
  await page.getByRole("option", { name: 'Look up "zzz"' }).waitFor();
  await page.context().close();
});

test("a badge says how many wait, to eyes and to ears", async () => {
  const page = await app.open("#overview", { viewport: { width: 1440, height: 900 } });
  const entry = page.locator("nav").getByRole("button", { name: "Imports" });
  await entry.getByText("12,500", { exact: true }).waitFor();
  expect(await entry.textContent()).toContain("12,500");
  const told = await entry.evaluate(
    (e) => document.getElementById(e.getAttribute("aria-describedby")).textContent,
  );
  expect(told).toBe("12,500 people wait for approval");
  await page.setViewportSize({ width: 1024, height: 700 });
  const rail = await page.locator("nav").evaluate((e) => e.getBoundingClientRect().width);
  expect(rail).toBe(48);
  expect(await cutOff(page)).toEqual([]);
  await page.context().close();
});

test("the text of the search begins beside its icon, at every width", async () => {
  for (const width of [512, 1024, 1440]) {
    const page = await app.open("#overview", { viewport: { width, height: 700 } });
    const [icon, text] = await page.evaluate(() => {
      const input = document.querySelector(".header-search input");
      const from = input.getBoundingClientRect().left + parseFloat(getComputedStyle(input).paddingLeft);
      return [document.querySelector(".search-icon").getBoundingClientRect().right, from];
    });
    expect(text - icon, `${width}`).toBeGreaterThanOrEqual(4);
    expect(text - icon, `${width}`).toBeLessThan(20);
    await page.context().close();
  }
});

test("on the rail a badge is at the corner of its entry, and inside it", async () => {
  const page = await app.open("#overview", { viewport: { width: 1024, height: 700 } });
  const badge = page.locator("nav .nav-count");
  await badge.waitFor();
  const [dot, entry, icon] = await badge.evaluate((e) =>
    [e, e.closest("button"), e.closest("button").querySelector("svg")].map((one) => {
      const { left, right, top, bottom } = one.getBoundingClientRect();
      return { left, right, top, bottom };
    }),
  );
  expect(dot.right).toBeLessThanOrEqual(entry.right);
  expect(dot.top).toBeGreaterThanOrEqual(entry.top);
  // No more than a corner of the icon is behind it.
  expect(icon.right - dot.left).toBeLessThanOrEqual(5);
  expect(dot.bottom - icon.top).toBeLessThanOrEqual(7);
  await page.context().close();
});

test("names in lists of facts stand on one line", async () => {
  for (const lang of ["en", "de"])
    for (const name of ["overview", "accounts"]) {
      const page = await app.open(`?lang=${lang}#${name}`, { viewport: { width: 1024, height: 700 } });
      await page.locator("main dt").first().waitFor();
      const broken = await page.locator("main dt:not(.wide)").evaluateAll((all) => {
        const words = document.createRange();
        const lines = (e) => {
          words.selectNodeContents(e);
          return new Set([...words.getClientRects()].map(({ top }) => Math.round(top))).size;
        };
        return all.filter((e) => lines(e) > 1).map((e) => e.textContent);
      });
      expect(broken, `${name} ${lang}`).toEqual([]);
      await page.context().close();
    }
});
