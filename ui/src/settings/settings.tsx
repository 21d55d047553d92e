import { Spinner } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useGoTo } from "../frame/go-to";
import { Page } from "../frame/page";
import { host } from "../host";
import { ErrorBar } from "../parts/error-bar";
import { t } from "../texts";
import { SettingsForm } from "./form";
import { Move } from "./move";
import { Program } from "./program";
import { Proxy } from "./proxy";
import { Token } from "./token";

export function Settings() {
  const settings = useQuery({ queryKey: ["settings"], queryFn: host.settings });
  const cloud = useQuery({ queryKey: ["cloud"], queryFn: host.cloud });
  // What is in the form is from before an import; it starts anew after it.
  const [taken, setTaken] = useState(0);
  useGoTo(settings.isSuccess);
  const words = { title: t("nav-settings"), purpose: t("page-settings") };
  if (!settings.data)
    return (
      <Page {...words}>
        {settings.error ? <ErrorBar error={settings.error} /> : <Spinner label={t("state-loading")} />}
      </Page>
    );
  return (
    <Page {...words}>
      <SettingsForm key={`form-${taken}`} stored={settings.data} />
      <div className="settings-cards">
        {cloud.data && (
          <Proxy key={JSON.stringify(settings.data.proxy)} first={settings.data.proxy} url={cloud.data.url} />
        )}
        {cloud.data?.kind === "scim" && <Token url={cloud.data.url} />}
        <Program />
        <Move
          onTaken={() => {
            setTaken((before) => before + 1);
          }}
        />
      </div>
    </Page>
  );
}
