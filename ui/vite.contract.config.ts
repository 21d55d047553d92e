import { defineConfig } from "vite";

/** The contract suite in one script, which tests run inside the real window. */
export default defineConfig({
  logLevel: "warn",
  build: {
    outDir: "dist-contract",
    lib: {
      entry: "src/host/contract-run.ts",
      formats: ["iife"],
      name: "contract",
      fileName: () => "contract.js",
    },
  },
});
