import {
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
} from "@fluentui/react-components";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Proposal } from "../../generated";
import { host } from "../../host";
import { asFailure } from "../../host/failure";
import { ErrorBar } from "../../parts/error-bar";
import { t } from "../../texts";

/** How somebody decided about a mapping of the cloud. */
export type Decided = "approved" | "refused" | "stale";

interface Props {
  proposal: Proposal;
  /** Its preview was read, as it stands. */
  seen: boolean;
  onDecided: (how: Decided) => void;
}

/** Approves exactly this version, by its hash, or refuses it. */
export function Decide({ proposal, seen, onDecided }: Props) {
  const { mapping, hash } = proposal;
  const [read, setRead] = useState(false);
  const client = useQueryClient();
  const anew = async () => {
    await Promise.all(
      ["proposals", "mappings", "status"].map((key) => client.invalidateQueries({ queryKey: [key] })),
    );
  };
  const approve = useMutation({
    mutationFn: async () => host.approveProposal(mapping.name, hash),
    onSuccess: async () => {
      await anew();
      onDecided("approved");
    },
    onError: async (error) => {
      if (asFailure(error).code !== "approval_stale") return;
      await anew();
      onDecided("stale");
    },
  });
  const refuse = useMutation({
    mutationFn: async () => host.rejectProposal(mapping.name),
    onSuccess: async () => {
      await anew();
      onDecided("refused");
    },
  });
  const busy = approve.isPending || refuse.isPending;
  return (
    <section className="card column" aria-labelledby="decide">
      <h2 id="decide">{t("prop-decide")}</h2>
      <Checkbox
        label={t("prop-read")}
        checked={read}
        disabled={!seen}
        onChange={(_e, d) => {
          setRead(d.checked === true);
        }}
      />
      <p className="muted small mono">{t("prop-hash", { hash: hash.slice(0, 16) })}</p>
      <div className="row">
        <Button
          appearance="primary"
          disabledFocusable={!seen || !read || busy}
          onClick={() => {
            approve.mutate();
          }}
        >
          {t("prop-approve")}
        </Button>
        <Refuse
          name={mapping.name}
          disabled={busy}
          onYes={() => {
            refuse.mutate();
          }}
        />
        {!(seen && read) && <span className="muted">{t("prop-first")}</span>}
      </div>
      <ErrorBar error={approve.error ?? refuse.error} />
    </section>
  );
}

function Refuse({ name, disabled, onYes }: { name: string; disabled: boolean; onYes: () => void }) {
  return (
    <Dialog modalType="alert">
      <DialogTrigger disableButtonEnhancement>
        <Button disabledFocusable={disabled}>{t("prop-refuse")}</Button>
      </DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t("prop-refuse-title", { name })}</DialogTitle>
          <DialogContent>{t("prop-refuse-text")}</DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button>{t("act-cancel")}</Button>
            </DialogTrigger>
            <DialogTrigger disableButtonEnhancement>
              <Button appearance="primary" onClick={onYes}>
                {t("prop-refuse")}
              </Button>
            </DialogTrigger>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
