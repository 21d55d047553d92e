import { start } from "./hands/window.mjs";

let app;
beforeAll(async () => {
  app = await start();
});
afterAll(async () => {
  await app.stop();
});

test("a preview of 100,000 people scrolls at 60 frames a second", async () => {
  const page = await app.open("#mappings", { reducedMotion: "no-preference" });
  await page.getByRole("row", { name: "Everyone else" }).getByRole("button", { name: "Preview" }).click();
  await page.getByRole("button", { name: "Run the preview" }).click();
  await page.getByText("100,000 people", { exact: true }).waitFor();
  const list = page.getByRole("region", { name: "People" });
  await list.scrollIntoViewIfNeeded();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable");
  const frames = async () => {
    const { metrics } = await devtools.send("Performance.getMetrics");
    return metrics.find((m) => m.name === "Frames")?.value;
  };
  expect(await frames()).toBeGreaterThan(0);
  // Three seconds of a quick hand on the wheel: 60 rows a second, and a jump to the end.
  const times = await list.evaluate(async (box) => {
    const found = [];
    const began = performance.timeOrigin;
    let last;
    return new Promise((done) => {
      let count = 0;
      const frame = (now) => {
        if (last !== undefined) found.push(now - last);
        last = now;
        box.scrollTop += 56;
        count += 1;
        if (count === 180) {
          done({ found, began, rows: box.querySelectorAll(".line").length, top: box.scrollTop });
          return;
        }
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    });
  });
  const sorted = [...times.found].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  const p95 = sorted[Math.floor(sorted.length * 0.95)];
  console.log(
    `scrolling: median ${median.toFixed(1)} ms a frame, 95 % within ${p95.toFixed(1)} ms, ${times.rows} rows in the page`,
  );
  expect(median).toBeLessThan(17.5);
  expect(times.rows).toBeLessThan(100);
  expect(times.top).toBeGreaterThan(9_000);
  await page.context().close();
});
