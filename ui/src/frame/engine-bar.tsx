import { MessageBar, MessageBarBody } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { host } from "../host";
import { t } from "../texts";

/** Says so when another process runs the engine, or none does. */
export function EngineBar() {
  const about = useQuery({ queryKey: ["about"], queryFn: host.about, refetchInterval: 10_000 });
  if (!about.data || about.data.engine === "window") return null;
  return (
    <MessageBar intent={about.data.engine === "service" ? "info" : "warning"} layout="multiline">
      <MessageBarBody>{t(`engine-${about.data.engine}`)}</MessageBarBody>
    </MessageBar>
  );
}
