import { useEffect } from "react";
import { usePart } from "../screens";
import { stopIn } from "./keep-focus";

/** The id of what an address may name on a screen. */
export const placeOf = (name: string): string => `at-${name}`;

/** Goes to what the address names on this screen, once it is there. */
export function useGoTo(ready: boolean): void {
  const part = usePart();
  useEffect(() => {
    const place = ready && part ? document.getElementById(placeOf(part)) : null;
    if (!place) return;
    place.scrollIntoView({ block: "center" });
    stopIn(place)?.focus({ preventScroll: true });
  }, [ready, part]);
}
