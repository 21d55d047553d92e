// The built window in a real browser, with the packages of `ui`.
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const require = createRequire(new URL("../../ui/package.json", import.meta.url));
const load = async (name) => import(pathToFileURL(require.resolve(name)).href);
const { chromium } = require("playwright-core");
const axe = require("@axe-core/playwright");
const AxeBuilder = axe.default ?? axe;

/** Serves the page built for browsers and opens one. */
export async function start() {
  const { preview } = await load("vite");
  const server = await preview({
    build: { outDir: "dist-browser" },
    root: fileURLToPath(new URL("../../ui", import.meta.url)),
    preview: { port: 0 },
    logLevel: "error",
  });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  const base = server.resolvedUrls.local[0];
  return {
    async open(path = "", options = {}) {
      const context = await browser.newContext({
        locale: "en-US",
        reducedMotion: "reduce",
        viewport: { width: 1024, height: 700 },
        ...options,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(8_000);
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

/** What axe has against the page, short enough to read. */
export async function violations(page) {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map(
    (v) =>
      `${v.id}: ${v.nodes
        .slice(0, 3)
        .map((n) => n.html.slice(0, 160))
        .join(" | ")}`,
  );
}

/** Keeps a picture when SHOTS names a folder. */
export async function shot(page, name) {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png` });
}
