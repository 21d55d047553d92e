import { useMutation } from "@tanstack/react-query";
import type { ApprovalList } from "../generated";
import { host } from "../host";
import { Confirm } from "../imports/approval/confirm";
import { ErrorBar } from "../parts/error-bar";
import { t } from "../texts";

/** Approves one list of a preview, with the same question as everywhere. */
export function Approval({ list }: { list: ApprovalList }) {
  const approve = useMutation({ mutationFn: async () => host.import(list.mapping, [list.hash]) });
  return (
    <div className="card column tight">
      <span>{t(`pre-approve-hint-${list.kind}`, { n: list.people, hash: list.hash })}</span>
      <div className="row">
        <Confirm
          list={list}
          disabled={approve.isPending || approve.isSuccess}
          onYes={() => {
            approve.mutate();
          }}
        />
        <span role="status">
          {approve.isPending && t("appr-running")}
          {approve.isSuccess && t(`appr-ended-${list.kind}`, { n: list.people })}
        </span>
      </div>
      <ErrorBar error={approve.error} />
    </div>
  );
}
