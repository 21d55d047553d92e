import { FluentProvider, Spinner } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { type ComponentType, useEffect, useRef, useState } from "react";
import { Accounts } from "./accounts/accounts";
import { Activity } from "./activity/activity";
import { Diagnostics } from "./diagnostics/diagnostics";
import { Header } from "./frame/header";
import { keepFocus } from "./frame/keep-focus";
import { Nav } from "./frame/nav";
import { Quit } from "./frame/quit";
import { Search } from "./search/search";
import { Unsaved } from "./frame/unsaved";
import { Help } from "./help/help";
import { host } from "./host";
import { Imports } from "./imports/imports";
import { Mappings } from "./mappings/mappings";
import { Overview } from "./overview/overview";
import { useFollowedStatus } from "./parts/fresh/use-status";
import { open, type Place, useScreen } from "./screens";
import { SignIns } from "./sign-ins/sign-ins";
import { People } from "./people/people";
import { Settings } from "./settings/settings";
import { t } from "./texts";
import { useTheme } from "./theme";
import { Wizard } from "./wizard/wizard";

const PAGES: Record<Place, ComponentType> = {
  overview: Overview,
  people: People,
  imports: Imports,
  sign_ins: SignIns,
  mappings: Mappings,
  accounts: Accounts,
  activity: Activity,
  diagnostics: Diagnostics,
  settings: Settings,
  help: Help,
};

/** Follows what the tray icon asks for; true while it asks whether to quit. */
function useAsked(): [boolean, (asks: boolean) => void] {
  const [asksToQuit, setAsksToQuit] = useState(location.hash === "#quit");
  useEffect(
    () =>
      host.onAsked((what) => {
        if (what === "quit") setAsksToQuit(true);
        else open(what);
      }),
    [],
  );
  return [asksToQuit, setAsksToQuit];
}

/** Whether the setup is still to be done: nothing was set up here, or it was begun and left. */
function useUnfinished(): boolean | undefined {
  const found = useQuery({ queryKey: ["found"], queryFn: host.found });
  const draft = useQuery({ queryKey: ["draft-at-start"], queryFn: host.draft, staleTime: Infinity });
  if (found.isPending || draft.isPending) return undefined;
  return found.data?.kind !== "earlier" || Boolean(draft.data);
}

function Place({ place }: { place: Place }) {
  const Content = PAGES[place];
  return (
    <>
      <button
        type="button"
        className="skip"
        onClick={() => {
          document.querySelector<HTMLElement>("main h1")?.focus();
        }}
      >
        {t("nav-skip")}
      </button>
      <Header search={<Search />} />
      <Nav screen={place} />
      <main tabIndex={-1}>
        <Content key={place} />
      </main>
    </>
  );
}

function Shell() {
  useFollowedStatus();
  const unfinished = useUnfinished();
  const screen = useScreen(unfinished ? "setup" : "overview");
  const [asksToQuit, setAsksToQuit] = useAsked();
  const shell = useRef<HTMLDivElement>(null);
  useEffect(() => (shell.current ? keepFocus(shell.current) : undefined), []);
  return (
    <div ref={shell} tabIndex={-1} className={screen === "setup" ? "shell first-run" : "shell"}>
      {unfinished === undefined ? (
        <Spinner label={t("state-loading")} />
      ) : screen === "setup" ? (
        <Wizard />
      ) : (
        <Place place={screen} />
      )}
      <Unsaved />
      <Quit
        open={asksToQuit}
        onClose={() => {
          setAsksToQuit(false);
        }}
      />
    </div>
  );
}

export function App() {
  return (
    <FluentProvider theme={useTheme()} className="provider">
      <Shell />
    </FluentProvider>
  );
}
