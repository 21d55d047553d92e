import { contractSuite, type Fixture } from "./contract-suite";
import { makeTauriHost } from "./tauri";

/** The contract suite as a script that a test runs inside the real window. */
async function run(fixture: Fixture): Promise<{ name: string; error: string | null }[]> {
  const host = makeTauriHost();
  const results: { name: string; error: string | null }[] = [];
  for (const one of contractSuite(fixture)) {
    try {
      await one.run(host);
      results.push({ name: one.name, error: null });
    } catch (caught) {
      results.push({
        name: one.name,
        error: caught instanceof Error ? caught.message : JSON.stringify(caught),
      });
    }
  }
  return results;
}

Object.assign(globalThis, { insyncContract: { run } });
