import { useSyncExternalStore } from "react";

export const SCREENS = [
    "overview",
    "setup",
    "mappings",
    "accounts",
    "activity",
    "diagnostics",
    "settings",
] as const;
export type Screen = (typeof SCREENS)[number];

function current(): Screen {
    const name = location.hash.slice(1);
    return SCREENS.find((s) => s === name) ?? "overview";
}

function subscribe(changed: () => void): () => void {
    addEventListener("hashchange", changed);
    return () => {
        removeEventListener("hashchange", changed);
    };
}

export function useScreen(): Screen {
    return useSyncExternalStore(subscribe, current);
}
export function open(screen: Screen): void {
    location.hash = screen;
}
