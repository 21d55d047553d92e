import { fileURLToPath } from "node:url";

const common = { globals: true, testTimeout: 90_000, hookTimeout: 90_000 };
/** What promises milliseconds is looked at while nothing else runs. */
const ALONE = ["scrolling.test.mjs"];

export default {
  root: fileURLToPath(new URL(".", import.meta.url)),
  test: {
    projects: [
      {
        test: {
          ...common,
          name: "screens",
          include: ["**/*.test.mjs"],
          exclude: ALONE,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      { test: { ...common, name: "alone", include: ALONE, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
};
