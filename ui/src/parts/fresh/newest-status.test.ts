import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, test, vi } from "vitest";
import type { Status } from "../../generated";
import { follow, statusQuery } from "./newest-status";

const status = (people: number) => ({ people }) as Status;

/** A page that follows a program, whose answers take as long as the test wants. */
function page() {
  const answers: ((status: Status) => void)[] = [];
  const refusals: ((error: Error) => void)[] = [];
  const onStatus = vi.fn<(tell: (status: Status) => void, begun: () => void) => () => void>(() => vi.fn());
  const asked = (answer: (status: Status) => void, refuse: (error: Error) => void) => {
    answers.push(answer);
    refusals.push(refuse);
  };
  const host = { onStatus, status: async () => new Promise<Status>(asked) };
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  follow(client, host);
  const shown = new QueryObserver(client, statusQuery(host));
  shown.subscribe(vi.fn());
  const [tell, begun] = onStatus.mock.calls[0] ?? [];
  const result = () => shown.getCurrentResult();
  const again = () => {
    const { refetchInterval } = statusQuery(host);
    const query = shown.getCurrentQuery();
    return typeof refetchInterval === "function" ? refetchInterval(query) : refetchInterval;
  };
  return {
    answers,
    refusals,
    tell,
    begun,
    shown: () => result().data?.people,
    error: () => result().error,
    again,
  };
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

test("a status that can no longer be had is an error, until one is told", async () => {
  const { answers, refusals, tell, begun: lost, shown, error } = page();
  await vi.waitFor(() => {
    expect(answers).toHaveLength(1);
  });
  answers[0]?.(status(1));
  await vi.waitFor(() => {
    expect(shown()).toBe(1);
  });
  lost?.();
  await vi.waitFor(() => {
    expect(answers).toHaveLength(2);
  });
  refusals[1]?.(new Error("It does not answer."));
  await vi.waitFor(() => {
    expect(error()?.message).toBe("It does not answer.");
  });
  tell?.(status(2));
  expect([error(), shown()]).toEqual([null, 2]);
});

test("what was told while an answer was on its way is newer than an error, too", async () => {
  const { answers, refusals, tell, shown, error } = page();
  await vi.waitFor(() => {
    expect(answers).toHaveLength(1);
  });
  tell?.(status(80));
  refusals[0]?.(new Error("The connection was lost."));
  await new Promise((done) => setTimeout(done, 20));
  expect([error(), shown()]).toEqual([null, 80]);
});

test("an error of one answer is asked about again, where nothing changes that would be told", async () => {
  const { answers, refusals, tell, error, again } = page();
  await vi.waitFor(() => {
    expect(answers).toHaveLength(1);
  });
  refusals[0]?.(new Error("It does not answer."));
  await vi.waitFor(() => {
    expect(error()).not.toBeNull();
  });
  // Timers of queries run in a browser only.
  expect(again()).toBe(2_000);
  tell?.(status(7));
  expect(again()).toBe(false);
});
