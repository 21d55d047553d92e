import { fileURLToPath } from "node:url";

export default {
  root: fileURLToPath(new URL(".", import.meta.url)),
  test: {
    globals: true,
    include: ["**/*.test.mjs"],
    testTimeout: 90_000,
    hookTimeout: 90_000,
    fileParallelism: false,
  },
};
