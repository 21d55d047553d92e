import { FluentProvider } from "@fluentui/react-components";
import type { ComponentType } from "react";
import { Overview } from "./overview/overview";
import { Accounts } from "./accounts/accounts";
import { Activity } from "./activity/activity";
import { Diagnostics } from "./diagnostics/diagnostics";
import { Settings } from "./settings/settings";
import { Mappings } from "./mappings/mappings";
import { Wizard } from "./wizard/wizard";
import { open, SCREENS, useScreen, type Screen } from "./screens";
import { t } from "./texts";
import { useTheme } from "./theme";

const PAGES: Record<Screen, ComponentType> = {
    overview: Overview,
    setup: Wizard,
    mappings: Mappings,
    accounts: Accounts,
    activity: Activity,
    diagnostics: Diagnostics,
    settings: Settings,
};

export function App() {
    const screen = useScreen();
    const Page = PAGES[screen];
    return (
        <FluentProvider theme={useTheme()} className="provider">
            <div className="shell">
                <nav className="nav" aria-label={t("nav.label")}>
                    <strong>{t("app.name")}</strong>
                    {SCREENS.map((name) => (
                        <button
                            key={name}
                            type="button"
                            aria-current={name === screen ? "page" : undefined}
                            onClick={() => {
                                open(name);
                            }}
                        >
                            {t(`nav.${name}`)}
                        </button>
                    ))}
                </nav>
                <main tabIndex={-1}>
                    <h1>{t(`nav.${screen}`)}</h1>
                    <Page key={screen} />
                </main>
            </div>
        </FluentProvider>
    );
}
