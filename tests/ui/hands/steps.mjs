// The way through the wizard on the sample company, step by step.

const next = (page) => page.getByRole("button", { name: "Next", exact: true });
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();

/** Every step in turn: what is done in it; then `look` is called with its name. */
export async function throughTheWizard(page, look) {
  const seen = async (name) => {
    await page.waitForFunction(
      () => ![...document.querySelectorAll("main [role=progressbar]")].some((e) => e.checkVisibility()),
    );
    await look(name);
  };
  await press(page, "Check the connection");
  await page.getByText("certificate verified").waitFor();
  await page.getByLabel("Registration key").fill("used");
  await press(page, "Register and continue");
  await page.getByText("The registration key has already been used.").waitFor();
  await seen("1-cloud");
  await page.getByLabel("Registration key").fill("key-kept-nowhere");
  await press(page, "Register and continue");
  await page.getByLabel("Domain", { exact: true }).fill("corp.example.com");
  await press(page, "Find domain controllers");
  await press(page, "Check the server");
  await page.getByText("First compare the fingerprint").waitFor();
  await seen("2-untrusted");
  await press(page, "Trust this company CA");
  await page.getByText("The chain is trusted").waitFor();
  await page.getByLabel("Bind name").fill("CORP\\svc-insync");
  await page.getByLabel("Password", { exact: true }).fill("wrong");
  await press(page, "Connect and continue");
  await page.getByText("The directory does not accept this name and password.").waitFor();
  await page.getByLabel("Password", { exact: true }).fill("word-kept-nowhere");
  await seen("2-directory");
  await press(page, "Connect and continue");
  await page.getByText("100,000 people match.").waitFor();
  await press(page, "Expand Berlin");
  await page.getByRole("checkbox", { name: "Engineering", exact: true }).click();
  await page.getByText(/^2,7\d\d people match\.$/).waitFor();
  await seen("3-mapping");
  await page.getByRole("tab", { name: "Profile and storage" }).click();
  await seen("3-profile");
  await next(page).click();
  await page.getByText(/^2,7\d\d people$/).waitFor();
  await seen("4-preview");
  await next(page).click();
  await seen("5-finish");
}
