import {
  Button,
  DrawerBody,
  DrawerHeader,
  DrawerHeaderTitle,
  OverlayDrawer,
} from "@fluentui/react-components";
import { DismissRegular } from "@fluentui/react-icons/svg/dismiss";
import { type ReactNode, useEffect, useRef, useSyncExternalStore } from "react";
import { leaving } from "../frame/leaving";
import { t } from "../texts";

/** Something to be filled in beside the list; what was typed is not lost without a word. */
export function Drawer({
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
    <OverlayDrawer
      open
      position="end"
      size="medium"
      onOpenChange={(_e, d) => {
        if (!d.open) close();
      }}
    >
      <DrawerHeader>
        <DrawerHeaderTitle
          action={
            <Button
              appearance="subtle"
              aria-label={t("explain-close")}
              icon={<DismissRegular />}
              onClick={close}
            />
          }
        >
          {title}
        </DrawerHeaderTitle>
      </DrawerHeader>
      <DrawerBody>
        <div className="column explain">{children}</div>
      </DrawerBody>
    </OverlayDrawer>
  );
}
