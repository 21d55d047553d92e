import { Button, Tooltip } from "@fluentui/react-components";
import { PlugConnectedFilled } from "@fluentui/react-icons/svg/plug-connected";
import { QuestionCircleRegular } from "@fluentui/react-icons/svg/question-circle";
import type { ReactNode } from "react";
import { LOOKS, stateOf } from "../overview/headline";
import { useStatus } from "../parts/fresh/use-status";
import { open } from "../screens";
import { t } from "../texts";

/** How the connector is, from every screen; it leads to what is behind it. */
function State() {
  const { data: status, error } = useStatus();
  if (!status && !error) return null;
  const state = status ? stateOf(status) : "attention";
  const [Icon, colour] = LOOKS[state];
  return (
    <Button
      appearance="subtle"
      className="header-state"
      icon={<Icon color={colour} aria-hidden />}
      onClick={() => {
        open("overview");
      }}
    >
      {t(`tray-${state}`)}
    </Button>
  );
}

/** The bar above everything. `search` is not there before there is something to find. */
export function Header({ search }: { search?: ReactNode }) {
  return (
    <header className="header">
      <span className="product">
        <PlugConnectedFilled fontSize={20} color="var(--colorBrandForeground1)" aria-hidden />
        <strong>{t("app-name")}</strong>
      </span>
      <div className="header-search">{search}</div>
      {search && <State />}
      {search && (
        <Tooltip content={t("nav-help")} relationship="label">
          <Button
            appearance="subtle"
            icon={<QuestionCircleRegular />}
            onClick={() => {
              open("help");
            }}
          />
        </Tooltip>
      )}
    </header>
  );
}
