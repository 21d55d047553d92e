import { type RefObject, useEffect, useRef, useState } from "react";

/** How wide an element is, as the window changes. */
export function useWidth<E extends Element>(): [RefObject<E | null>, number] {
  const element = useRef<E>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const watched = element.current;
    if (!watched) return undefined;
    const watcher = new ResizeObserver(([entry]) => {
      setWidth(Math.floor(entry?.contentRect.width ?? 0));
    });
    watcher.observe(watched);
    return () => {
      watcher.disconnect();
    };
  }, []);
  return [element, width];
}
