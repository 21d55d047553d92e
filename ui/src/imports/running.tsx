import { useMutation } from "@tanstack/react-query";
import type { ImportProgress } from "../generated";
import { host } from "../host";
import { ErrorBar } from "../parts/error-bar";
import { Progress } from "../parts/progress";
import { t } from "../texts";

/** Before everybody is planned it is not known how many are to be sent. */
function words({ mapping, read, to_send, acknowledged }: ImportProgress): string {
  return to_send === null
    ? t("imp-reading", { mapping, n: read })
    : t("imp-sending", { mapping, done: acknowledged, total: to_send });
}

/** Imports under way, each with its counts and a way out. */
export function Running({ importing }: { importing: ImportProgress[] }) {
  const cancel = useMutation({ mutationFn: async (name: string) => host.cancelImport(name) });
  return (
    <>
      <ErrorBar error={cancel.error} />
      {importing.map((one) => (
        <Progress
          key={one.mapping}
          text={words(one)}
          done={one.acknowledged}
          total={one.to_send}
          onCancel={() => {
            cancel.mutate(one.mapping);
          }}
        />
      ))}
    </>
  );
}
