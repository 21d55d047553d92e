import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, test, vi } from "vitest";
import type { Status } from "../../generated";
import { ask, follow } from "./newest-status";

const status = (people: number) => ({ people }) as Status;

/** A page that follows a program, whose answers take as long as the test wants. */
function page() {
  const answers: ((status: Status) => void)[] = [];
  const onStatus = vi.fn<(tell: (status: Status) => void, begun: () => void) => () => void>(() => vi.fn());
  const host = { onStatus, status: async () => new Promise<Status>((answer) => answers.push(answer)) };
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  follow(client, host);
  const shown = new QueryObserver(client, { queryKey: ["status"], queryFn: async () => ask(host) });
  shown.subscribe(vi.fn());
  const [tell, begun] = onStatus.mock.calls[0] ?? [];
  return { answers, tell, begun, shown: () => shown.getCurrentResult().data?.people };
}

test("what was told while an answer was on its way is newer than the answer", async () => {
  const { answers, tell, shown } = page();
  await vi.waitFor(() => {
    expect(answers).toHaveLength(1);
  });
  tell?.(status(80));
  expect(shown()).toBe(80);
  answers[0]?.(status(79));
  await new Promise((done) => setTimeout(done, 20));
  expect(shown()).toBe(80);
});

test("an answer is newer than what was told before it was asked for", async () => {
  const { answers, tell, begun, shown } = page();
  await vi.waitFor(() => {
    expect(answers).toHaveLength(1);
  });
  answers[0]?.(status(1));
  await vi.waitFor(() => {
    expect(shown()).toBe(1);
  });
  tell?.(status(2));
  begun?.();
  await vi.waitFor(() => {
    expect(answers).toHaveLength(2);
  });
  answers[1]?.(status(3));
  await vi.waitFor(() => {
    expect(shown()).toBe(3);
  });
});

test("what was told before the page listened is asked for once it listens", async () => {
  const { answers, begun, shown } = page();
  await vi.waitFor(() => {
    expect(answers).toHaveLength(1);
  });
  begun?.();
  await vi.waitFor(() => {
    expect(answers).toHaveLength(2);
  });
  answers[0]?.(status(1));
  answers[1]?.(status(2));
  await vi.waitFor(() => {
    expect(shown()).toBe(2);
  });
});
