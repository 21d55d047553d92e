import { FluentProvider, Spinner } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { type ComponentType, useEffect, useState } from "react";
import { Accounts } from "./accounts/accounts";
import { Activity } from "./activity/activity";
import { Diagnostics } from "./diagnostics/diagnostics";
import { EngineBar } from "./engine-bar";
import { host } from "./host";
import { Mappings } from "./mappings/mappings";
import { Overview } from "./overview/overview";
import { Quit } from "./quit";
import { open, SCREENS, useScreen, type Screen } from "./screens";
import { Settings } from "./settings/settings";
import { UpdateBar } from "./settings/updates";
import { t } from "./texts";
import { useTheme } from "./theme";
import { Wizard } from "./wizard/wizard";

const PAGES: Record<Screen, ComponentType> = {
  overview: Overview,
  setup: Wizard,
  mappings: Mappings,
  accounts: Accounts,
  activity: Activity,
  diagnostics: Diagnostics,
  settings: Settings,
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

function Shell() {
  const found = useQuery({ queryKey: ["found"], queryFn: host.found });
  const screen = useScreen(found.data?.kind === "earlier" ? "overview" : "setup");
  const [asksToQuit, setAsksToQuit] = useAsked();
  const Page = PAGES[screen];
  if (found.isPending) return <Spinner label={t("state-loading")} />;
  return (
    <div className="shell">
      <nav className="nav" aria-label={t("nav-label")}>
        <strong>{t("app-name")}</strong>
        {SCREENS.map((name) => (
          <button
            key={name}
            type="button"
            aria-current={name === screen ? "page" : undefined}
            onClick={() => {
              open(name);
            }}
          >
            {t(`nav-${name}`)}
          </button>
        ))}
      </nav>
      <main tabIndex={-1}>
        <h1>{t(`nav-${screen}`)}</h1>
        <EngineBar />
        <UpdateBar />
        <Page key={screen} />
      </main>
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
