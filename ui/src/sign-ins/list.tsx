import { useMemo } from "react";
import type { SignInRow } from "../generated";
import { Empty } from "../parts/empty";
import { Grid } from "../parts/grid/grid";
import { t } from "../texts";
import { columnsOf, nameOf } from "./columns";
import type { Kind, useSignIns } from "./use-sign-ins";

interface Props {
  kind: Kind;
  found: ReturnType<typeof useSignIns>;
  /** Whether only some are asked for. */
  filtered: boolean;
  onAll: () => void;
  onExplain: (name: string) => void;
}

export function List({ kind, found, filtered, onAll, onExplain }: Props) {
  const columns = useMemo(() => columnsOf(kind), [kind]);
  const { rows } = found;
  if (found.total === 0 && filtered)
    return (
      <Empty
        title={t("sign-none-found")}
        hint={t("sign-none-found-hint")}
        action={t("sign-show-all")}
        onAction={onAll}
      />
    );
  if (found.total === 0)
    return kind === "sign_ins" ? (
      <Empty title={t("sign-none-title")} hint={t("sign-none-hint")} />
    ) : (
      <Empty title={t("sign-none-activations")} hint={t("sign-none-activations-hint")} />
    );
  return (
    <Grid<SignInRow>
      label={t(`sign-tab-${kind}`)}
      hint={t("sign-grid-hint")}
      columns={columns}
      count={found.total}
      row={(index) => rows[index]}
      height={56}
      above={348}
      wraps
      onSight={found.seen}
      onOpen={(row) => {
        onExplain(nameOf(row));
      }}
    />
  );
}
