import { Button, Spinner } from "@fluentui/react-components";
import { useMutation, useQuery } from "@tanstack/react-query";
import { host } from "../host";
import { ErrorBar } from "../parts/error-bar";
import { t, type TextKey } from "../texts";
import type { StepProps } from "./step";

const KEPT = ["registration", "accounts", "mappings", "proxy"];

/** What was found here, and what of the former connector can be taken over. */
export function Welcome({ draft, put }: StepProps) {
  const found = useQuery({ queryKey: ["found"], queryFn: host.found });
  const take = useMutation({
    mutationFn: async (file: string) => host.migrate(file),
    onSuccess: ({ proxy }) => {
      put({ cloud: { ...draft.cloud, proxy } });
    },
  });
  if (!found.data)
    return found.error ? <ErrorBar error={found.error} /> : <Spinner label={t("state.loading")} />;
  const { kind, file = "", kept } = found.data;
  const words = kept.map((k) => (KEPT.includes(k) ? t(`kept.${k}` as TextKey) : k)).join(", ");
  return (
    <div className="column narrow">
      <p>{t(`wiz.${kind}`, { file, kept: words })}</p>
      {kind === "legacy" && (
        <div className="row">
          <Button
            disabled={take.isPending || take.isSuccess}
            onClick={() => {
              take.mutate(file);
            }}
          >
            {t("wiz.takeOver")}
          </Button>
          <span role="status">
            {take.data && t("wiz.tookOver", { keys: take.data.left_out.join(", ") || "–" })}
          </span>
        </div>
      )}
      <ErrorBar error={take.error} />
      <p className="muted">{t("wiz.draft")}</p>
    </div>
  );
}
