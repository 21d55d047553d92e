import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
} from "@fluentui/react-components";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Update } from "../generated";
import { host } from "../host";
import { ErrorBar } from "../parts/error-bar";
import { useStatus } from "../parts/fresh/use-status";
import { language, t } from "../texts";
import { failureIn } from "../texts/failures";

/** How far an update is, in words. */
function progress(update: Update): string {
  if (update.state === "available" && update.window) return t("upd-in-window", { window: update.window });
  if (update.failure) {
    const words = failureIn(language, update.failure);
    return `${t("upd-failed")} ${words.message} ${words.action}`;
  }
  return t(`upd-${update.state}`);
}

/** A later version, what is new in it, and the button that installs it. */
export function UpdateBar() {
  const status = useStatus();
  const client = useQueryClient();
  const install = useMutation({
    mutationFn: async () => host.installUpdate(),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ["status"] });
      await client.invalidateQueries({ queryKey: ["update"] });
    },
  });
  const update = status.data?.update;
  if (!update) return null;
  const mayBegin = update.state === "available" || update.state === "failed";
  return (
    <>
      <MessageBar
        intent={update.state === "failed" ? "warning" : "info"}
        layout="multiline"
        aria-label={t("upd-offered", { version: update.version })}
      >
        <MessageBarBody>
          <MessageBarTitle>{t("upd-offered", { version: update.version })}</MessageBarTitle>{" "}
          {progress(update)}
          {update.notes && (
            <details>
              <summary>{t("upd-notes")}</summary>
              <span style={{ whiteSpace: "pre-line" }}>{update.notes}</span>
            </details>
          )}
        </MessageBarBody>
        {mayBegin && (
          <MessageBarActions>
            <Button
              disabled={install.isPending}
              onClick={() => {
                install.mutate();
              }}
            >
              {t(update.state === "failed" ? "upd-again" : "upd-install")}
            </Button>
          </MessageBarActions>
        )}
      </MessageBar>
      {update.state !== "failed" && <ErrorBar error={install.error} />}
    </>
  );
}
