import type { ImportRecord, JournalQuery } from "../../generated";
import type { Host } from "../contract";
import { hand } from "./hand";
import { belonging } from "./company/people";
import { planOf } from "./company/plan";
import { daysOf } from "./company/days";
import { explanationOf } from "./company/explained";
import { hoursOf, signInsOf } from "./company/sign-ins";
import { peopleOf, signInOf } from "./company/told";
import { NOW, pass } from "./company/sample";
import { peopleCsv } from "./company/past/csv";
import { testOf } from "./accounts";
import { cloudChecks } from "./cloud";
import { fail, type State } from "./state";

const EVERYBODY = { offset: 0, limit: Infinity };

/** Imports, their record, and what is told of them. */
export function enginePart(state: State) {
  const wait = async (ms: number) => new Promise((done) => setTimeout(done, ms));
  const find = (query: Omit<JournalQuery, "limit">) => {
    const search = query.search?.trim().toLowerCase() ?? "";
    return state.journal.filter(
      (e) =>
        (!query.kind || e.kind === query.kind) &&
        (!query.before || e.id < query.before) &&
        `${e.subject} ${JSON.stringify(e.detail)}`.toLowerCase().includes(search),
    );
  };

  async function importOne(name: string, approve: string[]): Promise<void> {
    const mapping = state.mapping(name);
    if (!state.cloud) throw fail("not_registered", "Not registered with a cloud yet.", "Register first.");
    if (state.importing)
      throw fail("sync_running", "An import of this mapping is already running.", "Wait for it to finish.");
    const plan = planOf(mapping, state.before.get(name) ?? "nothing", state.settings.import);
    const approved = plan.list !== null && approve.includes(plan.list.hash);
    if (plan.list && !approved && approve.length > 0)
      throw fail("approval_stale", "The list has changed.", "Look at the preview again.");
    const stayed = plan.list !== null && !approved;
    const after = plan.people.filter(
      (i, at) => plan.changes[at] !== "skip" && (stayed || !plan.removals.has(i)),
    );
    const counts = { ...plan.counts };
    if (approved) {
      counts.hold -= plan.removals.size;
      counts.preserve += plan.removals.size;
    }
    const sent = counts.create + counts.update + counts.preserve + counts.reactivate + counts.adopt;
    const finished = await send(name, sent);
    if (finished) state.delivered(name, new Set(after), stayed ? [] : plan.removals);
    const record: ImportRecord = {
      mapping: name,
      kind: "full",
      started_by: "window",
      started_ms: state.runs.ends() - 1000,
      finished_ms: state.runs.ends(),
      complete: finished,
      read: belonging(mapping).length,
      counts,
      acknowledged: finished ? sent : 0,
      refused: 0,
      awaiting_approval: plan.list && stayed ? [plan.list] : [],
      ...(plan.list && approved ? { approved: [plan.list] } : {}),
      ...(finished
        ? {}
        : {
            error: fail("cancelled", "The operation was cancelled.", "Start it again when you are ready."),
          }),
    };
    state.records = [...state.records.filter((r) => r.mapping !== name), record];
    state.runs.add(record, plan, approved);
    state.note("import", name, record);
    state.tell();
  }

  /** Takes its time, as an import does; false where it was cancelled. */
  async function send(mapping: string, total: number): Promise<boolean> {
    state.importing = { mapping, done: 0, total };
    for (let done = 0; done <= total; done += 2_500) {
      state.tell();
      await wait(state.pace * 20);
      if ((state.importing as unknown) === null) return false;
      state.importing.done = Math.min(done + 2_500, total);
    }
    state.importing = null;
    return true;
  }

  return {
    status: async () => Promise.resolve(state.status()),
    onStatus: (listener, ask) => {
      const leave = state.listen(listener);
      ask?.();
      return leave;
    },
    about: async () =>
      Promise.resolve({
        version: "0.1.0",
        home: "/var/lib/insync-connector",
        secrets: "Secret Service",
        engine: state.service ? "service" : "window",
      }),
    checks: async () => {
      const away = state.alerts.length > 0;
      const url = state.cloud?.url;
      return Promise.resolve([
        ...state.accounts.flatMap((account) => testOf(account, away)),
        ...(url
          ? cloudChecks(url)
          : [{ ...pass("cloud", "", { kind: "not_registered" }), status: "skip" as const }]),
      ]);
    },
    import: async (name, approve = []) => {
      for (const one of name === null ? state.mappings.map((m) => m.name) : [name])
        await importOne(one, approve);
    },
    cancelImport: async () => {
      state.importing = null;
      return Promise.resolve();
    },
    pause: async () => {
      state.paused = true;
      state.tell();
      return Promise.resolve();
    },
    resume: async () => {
      state.paused = false;
      state.tell();
      return Promise.resolve();
    },
    imports: async (query) => Promise.resolve(state.runs.list(query)),
    importRun: async (run) => {
      const [found] = state.runs.list({ before: run + 1, limit: 1 });
      if (found?.id !== run)
        throw fail("not_found", `There is no import ${run}.`, "Look at the list of imports.");
      return Promise.resolve(found);
    },
    importPeople: async (run, query) => {
      const people = state.runs.people(run, query);
      if (!people) throw fail("not_found", `There is no import ${run}.`, "Look at the list of imports.");
      return Promise.resolve(people);
    },
    awaitingPeople: async (mapping, kind, query) => {
      const people = state.runs.awaiting(mapping, kind, query);
      if (!people) throw fail("not_found", "No list waits for an approval.", "Look at the status.");
      return Promise.resolve(people);
    },
    exportImportPeople: async (run, query) => {
      const people = state.runs.people(run, { ...query, ...EVERYBODY })?.people;
      if (!people) throw fail("not_found", `There is no import ${run}.`, "Look at the list of imports.");
      return Promise.resolve({ path: hand(`import-${run}.csv`, peopleCsv(people)) });
    },
    exportAwaitingPeople: async (mapping, kind, query) => {
      const waits = state.runs.awaiting(mapping, kind, { ...query, ...EVERYBODY });
      if (!waits) throw fail("not_found", "No list waits for an approval.", "Look at the status.");
      const name = `waiting-${mapping}-${waits.list.hash.slice(0, 12)}.csv`;
      return Promise.resolve({ path: hand(name, peopleCsv(waits.people)) });
    },
    people: async (query) => Promise.resolve(peopleOf(state, query)),
    explain: async (user) => {
      if (!user.trim())
        throw fail(
          "invalid_input",
          "The user name is empty, too long or not text.",
          "Write it like user, user@domain or DOMAIN\\user.",
          "user",
        );
      return Promise.resolve(explanationOf(state, user));
    },
    signIn: async (user, password) => {
      const answer = signInOf(state, user, password);
      const { outcome } = answer;
      state.note("sign_in", answer.identity ?? "", { outcome, code: outcome, milliseconds: 24 });
      return Promise.resolve(answer);
    },
    signIns: async (query) => Promise.resolve(signInsOf(state.journal, "sign_in", query)),
    activations: async (query) => Promise.resolve(signInsOf(state.journal, "activation", query)),
    history: async (days) => {
      if (days < 1 || days > 400)
        throw fail("invalid_input", "A chart has 1 to 400 days.", "Choose another number.", "days");
      const records = state.runs.list({ limit: 500 }).map(({ record }) => record);
      return Promise.resolve({
        days: daysOf(records, NOW - days * 86_400_000),
        hours: hoursOf(state.journal, NOW - 86_400_000),
      });
    },
    journal: async (query) => Promise.resolve(find(query).slice(0, query.limit)),
    exportJournal: async (query) => {
      const quoted = (v: unknown) => `"${String(v).replaceAll('"', '""')}"`;
      const rows = find(query).map((e) =>
        [e.at_ms, e.kind, e.subject, JSON.stringify(e.detail)].map(quoted).join(","),
      );
      const text = ["time_utc_ms,kind,subject,detail", ...rows].join("\r\n");
      return Promise.resolve({ path: hand("activity.csv", text) });
    },
    diagnose: async () =>
      Promise.resolve({
        path: hand("insync-connector-support.txt", JSON.stringify(state.status(), null, 2)),
      }),
    quit: async () => Promise.resolve(),
    onAsked: () => () => undefined,
  } satisfies Partial<Host>;
}
