import { SearchBox, Select, Spinner } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useState } from "react";
import { Page } from "../frame/page";
import type { KnownPerson, PeoplePage, PersonState } from "../generated";
import { host } from "../host";
import { useLastEnd } from "../imports/use-runs";
import { ErrorBar } from "../parts/error-bar";
import { type Column, Grid } from "../parts/grid/grid";
import { usePages } from "../parts/grid/pages";
import { Empty } from "../parts/empty";
import { open, useParts } from "../screens";
import { t, when } from "../texts";
import { Chips } from "./chips";
import { PersonDrawer } from "./drawer/drawer";
import { StateOf, STATES } from "./state";
import { userOf } from "./user-of";

const COLUMNS: Column<KnownPerson>[] = [
  {
    id: "name",
    head: t("who-name"),
    width: "minmax(0, 2.2fr)",
    cell: (person) => (
      <span className="two-lines">
        <strong title={person.name ?? userOf(person)}>{person.name ?? userOf(person)}</strong>
        <span className="muted small" title={person.email ?? undefined}>
          {person.email ?? "–"}
        </span>
      </span>
    ),
  },
  {
    id: "user",
    head: t("who-user-name"),
    width: "minmax(0, 1.8fr)",
    spare: true,
    cell: ({ user_name }) => user_name ?? "–",
  },
  {
    id: "mapping",
    head: t("who-mapping"),
    width: "minmax(0, 1.1fr)",
    spare: true,
    cell: ({ mapping }) => mapping,
  },
  {
    id: "state",
    head: t("who-state"),
    width: "minmax(176px, 1.6fr)",
    cell: ({ state }) => <StateOf state={state} />,
  },
  {
    id: "changed",
    head: t("who-changed"),
    width: "minmax(0, 1.6fr)",
    spare: true,
    cell: ({ changed_ms }) => (changed_ms === null ? "–" : when(changed_ms)),
  },
];

/** What is asked for: a state is in the address, so that other screens lead to exactly those. */
function useAsked() {
  const [user, second] = useParts();
  const state = STATES.find((one) => one === second);
  const [search, setSearch] = useState("");
  const [mapping, setMapping] = useState("");
  const wanted = useDeferredValue(search.trim());
  const end = useLastEnd();
  const pages = usePages<KnownPerson, PeoplePage>(
    ["people", state, mapping, wanted, end],
    async (offset, limit) =>
      host.people({
        state: state ?? null,
        mapping: mapping || null,
        search: wanted || null,
        offset,
        limit,
      }),
  );
  return { user, state, search, setSearch, mapping, setMapping, wanted, pages };
}

function Filters({ search, setSearch, mapping, setMapping }: ReturnType<typeof useAsked>) {
  const mappings = useQuery({ queryKey: ["mappings"], queryFn: host.mappings });
  return (
    <div className="row">
      <SearchBox
        className="grow who-search"
        aria-label={t("who-search")}
        placeholder={t("who-search")}
        value={search}
        onChange={(_e, d) => {
          setSearch(d.value);
        }}
      />
      <Select
        aria-label={t("who-mapping")}
        value={mapping}
        onChange={(_e, d) => {
          setMapping(d.value);
        }}
      >
        <option value="">{t("imp-all-mappings")}</option>
        {mappings.data?.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </Select>
    </div>
  );
}

/** Everybody whom the cloud has or the imports left out. One of them, or a typed name, opens beside the list. */
export function People() {
  const asked = useAsked();
  const { user, state, mapping, wanted, pages } = asked;
  const [row, setRow] = useState<KnownPerson>();
  // A screen that is entered takes the focus to its heading; only then a drawer may have it.
  const [entered, setEntered] = useState(false);
  useEffect(() => {
    setEntered(true);
  }, []);
  const choose = (next: PersonState | undefined) => {
    open("people", "", next);
  };
  return (
    <Page title={t("nav-people")} purpose={t("page-people")}>
      <div className="column">
        <Filters {...asked} />
        <div className="row spread">
          <Chips counts={pages.begin?.counts} chosen={state} onChoose={choose} />
          <span role="status">{pages.begin && t("imp-shown", { n: pages.total })}</span>
        </div>
        <ErrorBar error={pages.error} />
        {pages.loading && <Spinner label={t("state-loading")} />}
        {pages.begin && pages.total === 0 && <Nobody wanted={wanted} filtered={Boolean(state || mapping)} />}
        {pages.total > 0 && (
          <Grid
            label={t("who-list")}
            columns={COLUMNS}
            count={pages.total}
            row={pages.row}
            height={56}
            above={280}
            onSight={pages.onSight}
            onOpen={(person) => {
              setRow(person);
              open("people", userOf(person), state);
            }}
          />
        )}
      </div>
      {entered && user !== "" && (
        <PersonDrawer
          key={user}
          user={user}
          row={row && userOf(row) === user ? row : undefined}
          onClose={() => {
            choose(state);
          }}
        />
      )}
    </Page>
  );
}

/** Nobody matches: somebody whom no import knows may still be in a directory. */
function Nobody({ wanted, filtered }: { wanted: string; filtered: boolean }) {
  if (wanted === "")
    return filtered ? (
      <Empty title={t("who-none-found")} hint={t("who-none-found-do")} />
    ) : (
      <Empty
        title={t("who-none")}
        hint={t("who-none-do")}
        action={t("nav-mappings")}
        onAction={() => {
          open("mappings");
        }}
      />
    );
  return (
    <Empty
      title={t("who-none-found")}
      hint={t("who-none-found-do")}
      action={t("who-look-up", { user: wanted })}
      onAction={() => {
        open("people", wanted);
      }}
    />
  );
}
