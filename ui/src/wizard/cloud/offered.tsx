import { Button, MessageBar, MessageBarActions, MessageBarBody } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import type { ProxySettings } from "../../generated";
import { host } from "../../host";
import { t } from "../../texts";

interface Props {
  /** The cloud's address. */
  url: string;
  proxy: ProxySettings | null;
  take: (proxy: ProxySettings) => void;
}

/** Where a proxy was named, or that the environment names one which is not used. */
export function Offered({ url, proxy, take }: Props) {
  const offered = useQuery({ queryKey: ["offered-proxy", url], queryFn: () => host.offeredProxy(url) });
  if (proxy?.from) return <p className="muted">{t("cl-proxy-from", { variable: proxy.from })}</p>;
  if (proxy || !offered.data) return null;
  const named = offered.data.proxy;
  return (
    <MessageBar layout="multiline">
      <MessageBarBody>
        {t("cl-offered", { variable: named.from ?? "", proxy: `${named.host}:${String(named.port)}` })}
        {offered.data.password && ` ${t("cl-offered-password")}`}
      </MessageBarBody>
      <MessageBarActions>
        <Button
          onClick={() => {
            take(named);
          }}
        >
          {t("cl-offered-take")}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
