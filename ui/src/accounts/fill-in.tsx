import { type ReactNode, useEffect, useRef, useSyncExternalStore } from "react";
import { leaving } from "../frame/leaving";
import { Drawer } from "../parts/drawer";

/** Something to be filled in beside the list; what was typed is not lost without a word. */
export function FillIn({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const asked = useSyncExternalStore(leaving.subscribe, leaving.pending);
  const was = useRef<HTMLElement | null>(null);
  const close = () => {
    was.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    leaving.to(onClose);
  };
  // Whoever stays goes on where they were: the question came over the drawer, and took the focus away.
  useEffect(() => {
    const back = was.current;
    if (asked || !back) return undefined;
    was.current = null;
    const soon = setTimeout(() => {
      back.focus();
    }, 50);
    return () => {
      clearTimeout(soon);
    };
  }, [asked]);
  return (
    <Drawer title={title} onClose={close}>
      {children}
    </Drawer>
  );
}
