import { Button, Checkbox } from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { ApprovalList } from "../generated";
import { host } from "../host";
import { ErrorBar } from "../parts/error-bar";
import { t } from "../texts";

/** Approves one list, once somebody says that they looked at it. */
export function Approval({ list }: { list: ApprovalList }) {
  const [read, setRead] = useState(false);
  const approve = useMutation({ mutationFn: async () => host.import(list.mapping, [list.hash]) });
  return (
    <div className="card column" style={{ gap: 8 }}>
      <span>{t(`pre-approve-hint-${list.kind}`, { n: list.people, hash: list.hash })}</span>
      <Checkbox
        label={t("pre-read")}
        checked={read}
        onChange={(_e, d) => {
          setRead(d.checked === true);
        }}
      />
      <div className="row">
        <Button
          disabled={!read || approve.isPending || approve.isSuccess}
          onClick={() => {
            approve.mutate();
          }}
        >
          {t("pre-approve")}
        </Button>
        <span role="status">{approve.isSuccess && t("pre-approved")}</span>
      </div>
      <ErrorBar error={approve.error} />
    </div>
  );
}
