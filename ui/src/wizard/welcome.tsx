import { Spinner } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { host } from "../host";
import { ErrorBar } from "../parts/error-bar";
import { t, type TextKey } from "../texts";

export function Welcome() {
  const found = useQuery({ queryKey: ["found"], queryFn: host.found });
  if (!found.data)
    return found.error ? <ErrorBar error={found.error} /> : <Spinner label={t("state.loading")} />;
  const { kind, file = "", kept } = found.data;
  const words = kept
    .map((k) => (["registration", "accounts", "mappings"].includes(k) ? t(`kept.${k}` as TextKey) : k))
    .join(", ");
  return (
    <div className="narrow">
      <p>{t(`wiz.${kind}`, { file, kept: words })}</p>
      <p className="muted">{t("wiz.draft")}</p>
    </div>
  );
}
