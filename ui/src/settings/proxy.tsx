import { Button } from "@fluentui/react-components";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ProxySettings } from "../generated";
import { host } from "../host";
import { ErrorBar } from "../parts/error-bar";
import { t } from "../texts";
import { ProxyPart } from "../wizard/cloud/proxy-part";

/** The way out to the registered cloud; kept only when the cloud answers through it. */
export function Proxy({ first, url }: { first: ProxySettings | null; url: string }) {
  const client = useQueryClient();
  const [proxy, setProxy] = useState(first);
  const [password, setPassword] = useState("");
  const save = useMutation({
    mutationFn: async () => host.changeProxy(proxy && { ...proxy, ...(password ? { password } : {}) }),
    onSuccess: async () => {
      setPassword("");
      await client.invalidateQueries({ queryKey: ["settings"] });
    },
    gcTime: 0,
  });
  return (
    <form
      id="at-cl-network"
      className="column settings-own"
      onSubmit={(e) => {
        e.preventDefault();
        save.mutate();
      }}
    >
      <ProxyPart
        ca={null}
        url={url}
        open={false}
        proxy={proxy}
        password={password}
        onChange={(next) => {
          save.reset();
          setProxy(next);
        }}
        onPassword={setPassword}
      />
      <ErrorBar error={save.error} />
      <div className="row">
        <Button type="submit" disabled={save.isPending}>
          {t("set-proxy-save")}
        </Button>
        <span role="status">{save.isSuccess && t("set-saved")}</span>
      </div>
    </form>
  );
}
