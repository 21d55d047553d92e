import { useSyncExternalStore } from "react";

const little = matchMedia("(max-width: 800px)");

function subscribe(changed: () => void): () => void {
  little.addEventListener("change", changed);
  return () => {
    little.removeEventListener("change", changed);
  };
}

/** Whether there is little room beside one another, such as at 200 %. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => little.matches);
}
