import { teamsHighContrastTheme, webDarkTheme, webLightTheme, type Theme } from "@fluentui/react-components";
import { useSyncExternalStore } from "react";

const dark = matchMedia("(prefers-color-scheme: dark)");
const contrast = matchMedia("(forced-colors: active)");
const font = "'Segoe UI', 'Open Sans', sans-serif";

function subscribe(changed: () => void): () => void {
  dark.addEventListener("change", changed);
  contrast.addEventListener("change", changed);
  return () => {
    dark.removeEventListener("change", changed);
    contrast.removeEventListener("change", changed);
  };
}

const themes: Record<"light" | "dark" | "contrast", Theme> = {
  light: { ...webLightTheme, fontFamilyBase: font },
  dark: { ...webDarkTheme, fontFamilyBase: font },
  contrast: { ...teamsHighContrastTheme, fontFamilyBase: font },
};

/** The theme the system asks for, followed while the window is open. */
export function useTheme(): Theme {
  return themes[
    useSyncExternalStore(subscribe, () => (contrast.matches ? "contrast" : dark.matches ? "dark" : "light"))
  ];
}
