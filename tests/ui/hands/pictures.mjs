// Pictures of screens, compared with those that were looked at. UPDATE_SHOTS=1 writes them anew; look at them then.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../../ui/package.json", import.meta.url));
const { PNG } = require("pngjs");
const pixelmatch = require("pixelmatch").default ?? require("pixelmatch");

const FOLDER = new URL("../shots/", import.meta.url);
/** Share of a picture that may differ: other versions of the browser draw letters a little differently. */
const MAY_DIFFER = 0.02;

/** How much of the screen differs from its picture; 0 where there was none to compare with. */
export async function differs(page, name) {
  await page.evaluate(async () => document.fonts.ready);
  const seen = await page.screenshot({ animations: "disabled", caret: "hide" });
  const file = new URL(`${name}.png`, FOLDER);
  if (process.env.UPDATE_SHOTS) {
    mkdirSync(new URL(".", file), { recursive: true });
    writeFileSync(file, seen);
    return 0;
  }
  if (!existsSync(file)) throw new Error(`there is no picture ${name}.png to compare with`);
  const [now, then] = [PNG.sync.read(seen), PNG.sync.read(readFileSync(file))];
  if (now.width !== then.width || now.height !== then.height) return 1;
  const different = pixelmatch(now.data, then.data, null, now.width, now.height, { threshold: 0.25 });
  const share = different / (now.width * now.height);
  if (share > MAY_DIFFER) writeFileSync(new URL(`${name}.differs.png`, FOLDER), seen);
  return share > MAY_DIFFER ? share : 0;
}
