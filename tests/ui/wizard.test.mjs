import { shot, start, violations } from "./window.mjs";

let app;
beforeAll(async () => {
  app = await start();
});
afterAll(async () => {
  await app.stop();
});

/** Moves focus by Tab alone until it stands on the element. */
async function tabTo(page, locator) {
  await locator.waitFor();
  for (let i = 0; i < 120; i += 1) {
    if (await locator.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`focus never reached ${locator}`);
}

test("the wizard runs from start to end by keyboard only, and keeps no secret", async () => {
  const page = await app.open("?fresh#setup");
  const button = (name) => page.getByRole("button", { name, exact: true });
  const press = async (name) => {
    await tabTo(page, button(name));
    await page.keyboard.press("Enter");
  };
  const type = async (label, text) => {
    await tabTo(page, page.getByLabel(label, { exact: false }).first());
    await page.keyboard.press("Control+A");
    await page.keyboard.type(text);
  };
  const next = async (step) => {
    await page.waitForFunction(() =>
      [...document.querySelectorAll("main button")].some((b) => b.textContent === "Next" && !b.disabled),
    );
    expect(await violations(page), step).toEqual([]);
    await shot(page, `wizard-${step}`);
    await press("Next");
  };

  await next("1-welcome");
  await press("Check the connection");
  await page.getByText("TLS 1.3").waitFor();
  await type("Registration key", "used");
  await press("Register");
  await page.getByText("The registration key was used before.").waitFor();
  await type("Registration key", "key-kept-nowhere");
  await press("Register");
  await page.getByText("Registered with").waitFor();
  await next("2-cloud");
  await type("Domain", "corp.example.com");
  await press("Find domain controllers");
  await page.waitForFunction(() => document.querySelector("textarea").value.includes("dc2."));
  await press("Check the server");
  await press("Trust this company CA");
  await page.getByText("The chain is trusted").waitFor();
  await next("3-directory");
  await type("Bind name", "CORP\\svc-insync");
  await type("Password", "wrong");
  await press("Connect");
  await page.getByText("The directory refuses this name and password.").waitFor();
  await type("Password", "word-kept-nowhere");
  await press("Connect");
  await page.getByText("Can read, cannot write.").waitFor();
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain("kept-nowhere");
  await next("4-credentials");
  await type("Name", "Everyone");
  await type("Base DN", "DC=corp,DC=example,DC=com");
  await page.getByText("100,000 people match.").waitFor();
  await press("Expand Berlin");
  await tabTo(page, page.getByRole("checkbox", { name: "Engineering", exact: true }));
  await page.keyboard.press("Space");
  await page.getByText("16,667 people match.").waitFor();
  await next("5-mapping");
  await press("Back");
  await page.getByRole("checkbox", { name: "Berlin", exact: true }).waitFor();
  await next("5-mapping-again");
  await press("Run the preview");
  await page.getByText("100,000 people", { exact: true }).waitFor();
  await next("6-preview");
  expect(await violations(page)).toEqual([]);
  await shot(page, "wizard-7-finish");
  await press("Finish");
  await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
  await page.context().close();
});

test("a draft survives a restart of the window", async () => {
  const page = await app.open("?fresh#setup");
  await page.getByRole("button", { name: "Next", exact: true }).click();
  await page.getByLabel("Other address").check();
  await page.getByLabel("Address", { exact: true }).fill("https://insync.corp.example.com");
  await page.reload();
  expect(await page.getByLabel("Address", { exact: true }).inputValue()).toBe(
    "https://insync.corp.example.com",
  );
  await page.context().close();
});
