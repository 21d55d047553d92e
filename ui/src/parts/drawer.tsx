import {
  Button,
  DrawerBody,
  DrawerHeader,
  DrawerHeaderTitle,
  OverlayDrawer,
} from "@fluentui/react-components";
import { DismissRegular } from "@fluentui/react-icons/svg/dismiss";
import type { ReactNode } from "react";
import { t } from "../texts";

interface Props {
  title: string;
  /** What it is called where its title is the name of what it shows. */
  label?: string;
  open?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** Something beside a list: what is known of one of it, or what is to be filled in. */
export function Drawer({ title, label, open = true, onClose, children }: Props) {
  return (
    <OverlayDrawer
      position="end"
      size="medium"
      open={open}
      aria-label={label}
      onOpenChange={(_e, d) => {
        if (!d.open) onClose();
      }}
    >
      <DrawerHeader>
        <DrawerHeaderTitle
          action={
            <Button
              appearance="subtle"
              aria-label={t("act-close")}
              icon={<DismissRegular />}
              onClick={onClose}
            />
          }
        >
          {title}
        </DrawerHeaderTitle>
      </DrawerHeader>
      <DrawerBody>
        <div className="column drawer">{children}</div>
      </DrawerBody>
    </OverlayDrawer>
  );
}
