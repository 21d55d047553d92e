/** Where the focus can go by Tab. */
const STOPS =
  'a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex="-1"]), [contenteditable=true]';

const usable = (e: Element) =>
  e instanceof HTMLElement && e.isConnected && !e.matches(":disabled, [inert] *") && e.checkVisibility();

/** The first place in an element where somebody could go on. */
export function stopIn(element: Element): HTMLElement | undefined {
  return [...element.querySelectorAll<HTMLElement>(STOPS)].find(usable);
}

/**
 * Whatever had the focus may go away, or may not be used any longer: then the focus stays near it instead of falling off
 * the page, where the keyboard and a screen reader would have to begin anew.
 */
export function keepFocus(page: HTMLElement): () => void {
  let trail: Element[] = [];
  const remember = (e: FocusEvent) => {
    trail = [];
    for (let at = e.target as Element | null; at && at !== page; at = at.parentElement) trail.push(at);
  };
  const mend = () => {
    const lost = document.activeElement === document.body || document.activeElement === null;
    if (!lost || trail.length === 0) return;
    const near = trail.filter((e) => e.isConnected && !e.matches("main, .shell"));
    const own = trail[0];
    const next =
      (own && usable(own) && own) || near.map(stopIn).find(Boolean) || page.querySelector<HTMLElement>("h1");
    if (next instanceof HTMLElement) next.focus({ preventScroll: true });
  };
  const watcher = new MutationObserver(mend);
  page.addEventListener("focusin", remember);
  watcher.observe(page, { childList: true, subtree: true, attributeFilter: ["disabled", "hidden"] });
  return () => {
    watcher.disconnect();
    page.removeEventListener("focusin", remember);
  };
}
