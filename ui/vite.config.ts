import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  base: "./",
  clearScreen: false,
  // The texts are beside the program, which reads them too.
  server: { port: 1420, strictPort: true, fs: { allow: [".", "../src-tauri/crates/texts"] } },
  build: { chunkSizeWarningLimit: 1500 },
});
