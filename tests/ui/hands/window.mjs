// The page built for browsers, in a real browser, with the packages of `ui`.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const require = createRequire(new URL("../../../ui/package.json", import.meta.url));
const load = async (name) => import(pathToFileURL(require.resolve(name)).href);
const { chromium } = require("playwright-core");
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export const SIZES = {
  small: { viewport: { width: 1024, height: 700 } },
  large: { viewport: { width: 1440, height: 900 } },
  // What 200 % zoom leaves of 1024 × 700.
  zoomed: { viewport: { width: 512, height: 350 }, deviceScaleFactor: 2 },
};
/** The time at which the sample data is looked at. */
const NOW = new Date("2026-11-23T08:30:00Z");

/** Serves the page and opens a browser. */
export async function start() {
  const { preview } = await load("vite");
  const server = await preview({
    root: fileURLToPath(new URL("../../../ui", import.meta.url)),
    build: { outDir: "dist-browser" },
    preview: { port: 0 },
    logLevel: "error",
  });
  const browser = await chromium.launch({
    // The browser without its own windows, whose tabs and buttons are pages too, and cost as much as ours.
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell",
    args: ["--no-sandbox", "--force-color-profile=srgb", "--font-render-hinting=none"],
  });
  const base = server.resolvedUrls.local[0];
  return {
    async open(path = "", options = {}) {
      const context = await browser.newContext({
        locale: "en-US",
        timezoneId: "UTC",
        reducedMotion: "reduce",
        ...SIZES.small,
        ...options,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(10_000);
      await page.clock.setFixedTime(NOW);
      await page.goto(base + path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      return page;
    },
    async stop() {
      await browser.close();
      server.httpServer.close();
    },
  };
}

/**
 * Fluent's guards at the edges of a dialog or a popup: hidden from readers, and still a stop of the Tab key, because they
 * hand the focus on at once. Axe sees only a hidden thing that takes the focus, and only while a guard happens to be there.
 */
const FOCUS_GUARDS = "i[data-tabster-dummy]";

/** What axe has against the page, short enough to read. */
export async function violations(page) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
  return page.evaluate(async (guards) => {
    const { violations: found } = await globalThis.axe.run(
      { exclude: [[guards]] },
      { resultTypes: ["violations"] },
    );
    const shortly = ({ html }) => html.slice(0, 200);
    return found.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(shortly).join(" | ")}`);
  }, FOCUS_GUARDS);
}

/** What is wider than its place, or cut off: the texts that cannot be read to their end. */
export async function cutOff(page) {
  return page.evaluate(() => {
    const main = document.querySelector("main");
    const wide = main.scrollWidth - main.clientWidth > 1 ? ["the screen itself"] : [];
    const cut = [
      ...main.querySelectorAll("button, label, h1, h2, p, td, dd, dt, summary, .reason, option"),
    ].filter((e) => {
      const style = getComputedStyle(e);
      return style.overflow !== "visible" && e.checkVisibility() && e.scrollWidth - e.clientWidth > 1;
    });
    return [...wide, ...cut.map((e) => e.outerHTML.slice(0, 120))];
  });
}
