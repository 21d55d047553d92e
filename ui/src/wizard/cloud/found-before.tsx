import {
  Button,
  Checkbox,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Spinner,
} from "@fluentui/react-components";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { LegacyService, Migrated } from "../../generated";
import { host } from "../../host";
import { ErrorBar } from "../../parts/error-bar";
import { t } from "../../texts";
import type { StepProps } from "../step";

/** The former connector may still be at work: what to do about it is for the administrator. */
function FormerService({ service }: { service: LegacyService }) {
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>
          {t(service.running ? "wiz-service-runs" : "wiz-service-there", { name: service.name })}
        </MessageBarTitle>{" "}
        {t("wiz-service-do")}
      </MessageBarBody>
    </MessageBar>
  );
}

/** What became of the former connector's file. */
function TakenOver({ migrated }: { migrated: Migrated }) {
  const keys = migrated.left_out.map(({ key, instead }) => `${key} (${t(`instead-${instead}`)})`);
  return (
    <>
      {t("wiz-took-over", { keys: keys.join(", ") || "–" })}
      {migrated.password_kept &&
        (migrated.blanked || !migrated.failure) &&
        ` ${t(migrated.blanked ? "wiz-blanked" : "wiz-not-blanked")}`}
    </>
  );
}

/** What was found here, and what of the former connector can be taken over. */
export function FoundBefore({ draft, put }: Pick<StepProps, "draft" | "put">) {
  const found = useQuery({ queryKey: ["found"], queryFn: host.found });
  const [blank, setBlank] = useState(false);
  const take = useMutation({
    mutationFn: async (file: string) => host.migrate(file, blank),
    onSuccess: ({ proxy }) => {
      // A file without one says nothing about what was typed here.
      if (proxy) put({ cloud: { ...draft.cloud, proxy } });
    },
  });
  if (!found.data)
    return found.error ? <ErrorBar error={found.error} /> : <Spinner label={t("state-loading")} />;
  const { kind, file = "", kept, version, service } = found.data;
  const words = kept.map((part) => t(`kept-${part}`)).join(", ");
  const taken = take.isSuccess && !take.data.failure;
  if (kind === "fresh" && !version && !service) return null;
  return (
    <section className="card column">
      {kind !== "fresh" && <p>{t(`wiz-${kind}`, { file, kept: words || t("kept-nothing") })}</p>}
      {version && <p>{t("wiz-version", { version })}</p>}
      {service && <FormerService service={service} />}
      {kind === "legacy" && (
        <>
          {kept.includes("proxy_password") && (
            <div>
              <Checkbox
                label={t("wiz-blank")}
                checked={blank}
                disabled={taken}
                aria-describedby="blank-hint"
                onChange={(_e, d) => {
                  setBlank(d.checked === true);
                }}
              />
              <p id="blank-hint" className="muted">
                {t("wiz-blank-hint")}
              </p>
            </div>
          )}
          <div className="row">
            <Button
              disabled={take.isPending || taken}
              onClick={() => {
                take.mutate(file);
              }}
            >
              {t("wiz-take-over")}
            </Button>
            <span role="status">{take.data && <TakenOver migrated={take.data} />}</span>
          </div>
        </>
      )}
      <ErrorBar error={take.error ?? take.data?.failure} />
    </section>
  );
}
