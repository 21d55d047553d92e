import { start } from "./hands/window.mjs";

let app;
beforeAll(async () => {
  app = await start();
});
afterAll(async () => {
  await app.stop();
});

const button = (page, name) => page.getByRole("button", { name, exact: true });
const STEPS = ["Cloud", "Directory", "Who", "Review", "Finish"];
const at = (page, step) => page.getByRole("heading", { level: 1, name: step, exact: true }).waitFor();

/** Opens the page on another draft than it kept, which is written where no page runs that keeps its own over it. */
async function reopened(page, part, { without = [] } = {}) {
  const address = page.url().replace(/\?.*$/, "");
  const nowhere = new URL("nowhere", address).href;
  await page.route(nowhere, (route) => route.fulfill({ contentType: "text/plain", body: "" }));
  await page.goto(nowhere);
  await page.evaluate(
    ([changed, gone]) => {
      const [key] = Object.keys(localStorage);
      const draft = { ...JSON.parse(localStorage.getItem(key)), ...changed };
      for (const name of gone) delete draft[name];
      localStorage.setItem(key, JSON.stringify(draft));
    },
    [part, without],
  );
  await page.goto(address);
}

/** Whether all of it can be seen, with nothing over it. */
async function inSight(locator) {
  await locator.waitFor();
  return locator.evaluate((e) => {
    const { top, bottom, left, width, height } = e.getBoundingClientRect();
    const over = document.elementFromPoint(left + width / 2, top + height / 2);
    return top >= 0 && bottom <= innerHeight && (e === over || e.contains(over));
  });
}

/** Counts what is typed and what is pressed on the shortest way; `look` is called in each step. */
async function shortest(page, look = async () => undefined) {
  const count = { typed: 0, pressed: 0 };
  const type = async (label, text) => {
    count.typed += 1;
    await page.getByLabel(label, { exact: true }).fill(text);
  };
  const press = async (name) => {
    count.pressed += 1;
    await button(page, name).click();
  };
  await type("Registration key", "key-ordinary");
  await look("Cloud", button(page, "Register and continue"));
  await press("Register and continue");
  await at(page, "Directory");
  await type("Domain", "corp.example.com");
  await press("Find domain controllers");
  await type("Bind name", "CORP\\svc-insync");
  await type("Password", "word-kept-nowhere");
  await press("Connect and continue");
  await look("Directory", button(page, "Trust this company CA"), button(page, "Connect and continue"));
  await press("Trust this company CA");
  await page.getByText("The chain is trusted").waitFor();
  await press("Connect and continue");
  await at(page, "Who");
  await look("Who", button(page, "Next"));
  await press("Next");
  await at(page, "Review");
  await page.getByText("100,000 people", { exact: true }).waitFor();
  await look("Review", button(page, "Next"), page.getByText("100,000 people", { exact: true }));
  await press("Next");
  await at(page, "Finish");
  await look("Finish", button(page, "Finish"));
  await press("Finish");
  await at(page, "Overview");
  return count;
}

test("a public cloud and one domain are six inputs and ten presses, each button and result in sight", async () => {
  const page = await app.open("?fresh");
  expect(await page.locator("nav").count()).toBe(0);
  const count = await shortest(page, async (step, ...parts) => {
    for (const part of parts) expect(await inSight(part), `${step}: ${String(part)}`).toBe(true);
    const current = page.locator("[aria-current=step]");
    expect(await current.textContent()).toBe(step);
  });
  expect(count.typed).toBeLessThanOrEqual(6);
  expect(count.pressed).toBeLessThanOrEqual(10);
  await page.getByRole("navigation").waitFor();
  await page.context().close();
});

test("the setup opens at the step where it was left, whatever else is set up", async () => {
  const page = await app.open("?fresh");
  await page.getByLabel("GovCloud").check();
  const names = ["cloud", "directory", "mapping", "preview", "finish"];
  for (const [i, name] of names.entries()) {
    // Another start, on a computer where the cloud and a directory are known already: a registration is not asked for twice.
    await reopened(page, { at: name });
    await at(page, name === "cloud" ? "Directory" : STEPS[i]);
    expect(await page.locator("nav").count()).toBe(0);
  }
  await button(page, "Save and close").click();
  await at(page, "Overview");
  await page.getByText("Setup is not finished.", { exact: false }).waitFor();
  await button(page, "Continue setup").click();
  await at(page, "Finish");
  await page.context().close();
});

test("a draft that an earlier version kept opens at its step", async () => {
  const page = await app.open("?fresh");
  await page.getByLabel("GovCloud").check();
  await reopened(page, { step: 3 }, { without: ["at", "connected"] });
  await at(page, "Directory");
  await page.context().close();
});

test("a server that is changed after it was connected is the server that is stored", async () => {
  const page = await app.open("?fresh");
  await page.getByLabel("Registration key").fill("key-ordinary");
  await button(page, "Register and continue").click();
  await page.getByLabel("Servers", { exact: true }).fill("dc1.corp.example.com");
  await button(page, "Check the server").click();
  await button(page, "Trust this company CA").click();
  await page.getByText("The chain is trusted").waitFor();
  await page.getByLabel("Bind name").fill("CORP\\svc-insync");
  await page.getByLabel("Password", { exact: true }).fill("word");
  await button(page, "Connect and continue").click();
  await at(page, "Who");
  await button(page, "Back").click();
  await at(page, "Directory");
  await page.getByText("Connected. The password is in the keychain.").waitFor();
  await page.getByLabel("Servers", { exact: true }).fill("dc7.corp.example.com");
  await page.getByLabel("Password", { exact: true }).fill("word");
  await button(page, "Connect and continue").click();
  await at(page, "Who");
  await page.evaluate(() => {
    location.hash = "accounts";
  });
  const card = page.getByRole("region", { name: "Corporate" });
  await card.getByText("dc7.corp.example.com").first().waitFor();
  expect(await card.getByText("dc1.corp.example.com").count()).toBe(0);
  await page.context().close();
});

test("an empty key is said to be empty", async () => {
  const page = await app.open("?fresh");
  await button(page, "Register and continue").click();
  await page.getByText("Enter the registration key from the cloud's console.").waitFor();
  expect(await page.getByLabel("Registration key").getAttribute("aria-invalid")).toBe("true");
  await page.context().close();
});
